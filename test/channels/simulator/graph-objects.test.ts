import { describe, expect, test } from "vitest";
import { objectOf, textOf } from "../../../shared/json.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { errorOf, simulatedCompany } from "./simulated-company.ts";

const database = await testDatabase();

function uploaded(bytes: string, mimeType: string) {
  const file = { bytes: Buffer.from(bytes), filename: "a.png", mimeType };
  return { fields: { messaging_product: "whatsapp", type: mimeType }, file };
}

describe("media", () => {
  test("are uploaded, described, fetched for five minutes and deleted", async () => {
    const { transport, account, later } = await simulatedCompany(database);
    const form = uploaded("picture", "image/png");
    const stored = await transport.call({ method: "POST", path: `/${account.phoneNumberId}/media`, form });
    const id = textOf(objectOf(stored.body)?.id) ?? "";
    const described = objectOf((await transport.call({ method: "GET", path: `/${id}` })).body);
    expect(described).toMatchObject({ id, mime_type: "image/png", file_size: 7, messaging_product: "whatsapp" });
    const url = textOf(described?.url) ?? "";
    const options = { accessToken: "t", maxBytes: 100 };
    const fetched = await transport.download(url, options);
    expect([fetched.status, fetched.mimeType, Buffer.from(fetched.bytes).toString()]).toEqual([
      200,
      "image/png",
      "picture",
    ]);
    await expect(transport.download(url, { ...options, maxBytes: 3 })).rejects.toThrow("larger");
    expect((await transport.download(url.replace(id, "1234567890123456"), options)).status).toBe(404);
    later(6 * 60_000);
    expect((await transport.download(url, options)).status).toBe(404);
    expect((await transport.call({ method: "DELETE", path: `/${id}` })).body).toEqual({ success: true });
    expect(errorOf(await transport.call({ method: "GET", path: `/${id}` })).code).toBe(100);
  });

  test("are of their kind, not too large, and of this company", async () => {
    const { transport, account, write, send } = await simulatedCompany(database);
    const path = `/${account.phoneNumberId}/media`;
    await write("+14155550102");
    const big = uploaded("x".repeat(600 * 1024), "image/webp");
    expect(errorOf(await transport.call({ method: "POST", path, form: big })).code).toBe(131053);
    const stored = await transport.call({ method: "POST", path, form: uploaded("sound", "audio/ogg") });
    const id = textOf(objectOf(stored.body)?.id) ?? "";
    const image = { to: "+14155550102", type: "image", image: { id } };
    expect(errorOf(await send(image)).code).toBe(131053);
    const other = await simulatedCompany(database);
    await other.write("+14155550102");
    expect(errorOf(await other.send({ to: "+14155550102", type: "audio", audio: { id } })).code).toBe(131009);
    expect((await send({ to: "+14155550102", type: "audio", audio: { id } })).status).toBe(200);
  });
});

describe("an example's upload", () => {
  test("is opened with length and type, and gives a handle for its bytes", async () => {
    const { transport } = await simulatedCompany(database);
    const open = (query: Record<string, string>) => transport.call({ method: "POST", path: "/app/uploads", query });
    expect(errorOf(await open({ file_length: "7" })).code).toBe(131008);
    const session = objectOf((await open({ file_length: "7", file_type: "image/png" })).body);
    const path = `/${textOf(session?.id) ?? ""}`;
    expect(path).toMatch(/^\/upload:/);
    expect(errorOf(await transport.call({ method: "POST", path })).code).toBe(131008);
    const sent = await transport.call({ method: "POST", path, upload: Buffer.from("picture") });
    expect(sent.body).toEqual({ h: expect.stringMatching(/^4::/) });
  });
});

describe("templates", () => {
  const template = {
    name: "order_update",
    language: "en_US",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Order {{1}} is on its way." }],
  };

  test("are listed in pages", async () => {
    const { transport, account } = await simulatedCompany(database);
    const path = `/${account.wabaId}/message_templates`;
    const first = objectOf((await transport.call({ method: "GET", path, query: { limit: "5" } })).body);
    const after = textOf(objectOf(objectOf(first?.paging)?.cursors)?.after) ?? "";
    expect(first?.data).toHaveLength(5);
    const second = objectOf((await transport.call({ method: "GET", path, query: { limit: "5", after } })).body);
    expect(second).toMatchObject({ data: [{ name: "missed_appointment", status: "APPROVED" }] });
    expect(objectOf(second?.paging)?.next).toBeUndefined();
  });

  test("are reviewed, edited and deleted; a deleted sample stays away", async () => {
    const { transport, account, later } = await simulatedCompany(database);
    const path = `/${account.wabaId}/message_templates`;
    const made = await transport.call({ method: "POST", path, body: template });
    expect(made.body).toMatchObject({ status: "PENDING", category: "UTILITY" });
    const id = textOf(objectOf(made.body)?.id) ?? "";
    expect(Number.isSafeInteger(Number(id))).toBe(true);
    expect(errorOf(await transport.call({ method: "POST", path, body: template })).code).toBe(100);
    expect(errorOf(await transport.call({ method: "POST", path: `/${id}`, body: {} })).details).toContain("edited");
    const approve = () =>
      rows(database.db, `update simulator_templates set status = 'APPROVED' where template_id = '${id}'`);
    const edit = () => transport.call({ method: "POST", path: `/${id}`, body: { components: template.components } });
    await approve();
    expect((await edit()).body).toEqual({ success: true });
    await approve();
    later(23 * 3_600_000);
    expect(objectOf(objectOf((await edit()).body)?.error)).toMatchObject({ code: 100, error_subcode: 2388039 });
    later(2 * 3_600_000);
    expect((await edit()).body).toEqual({ success: true });
    expect((await transport.call({ method: "DELETE", path, query: { name: "order_update" } })).body).toEqual({
      success: true,
    });
    await transport.call({ method: "DELETE", path, query: { name: "hello_world" } });
    const left = objectOf((await transport.call({ method: "GET", path, query: { name: "hello_world" } })).body);
    expect(left?.data).toEqual([]);
    expect(errorOf(await transport.call({ method: "DELETE", path, query: { name: "hello_world" } })).code).toBe(100);
  });

  test.each([
    ["a name with spaces", { ...template, name: "Order update" }, 131009],
    ["no body", { ...template, components: [] }, 131008],
    ["a parameter at the beginning", { ...template, components: [{ type: "BODY", text: "{{1}} came" }] }, 2388299],
    ["a category of one's own", { ...template, category: "FUN" }, 131009],
  ])("are not created with %s", async (_what, body, code) => {
    const { transport, account } = await simulatedCompany(database);
    const path = `/${account.wabaId}/message_templates`;
    expect(errorOf(await transport.call({ method: "POST", path, body })).code).toBe(code);
  });
});

describe("the account", () => {
  test("says what it is, is subscribed to and registered", async () => {
    const { transport, account } = await simulatedCompany(database);
    const call = (method: "GET" | "POST" | "DELETE", path: string, more = {}) =>
      transport.call({ method, path: `/${account.wabaId}${path}`, ...more });
    expect((await call("GET", "/phone_numbers")).body).toMatchObject({
      data: [{ id: account.phoneNumberId, quality_rating: "GREEN", display_phone_number: "+1 555 010 0000" }],
    });
    expect((await call("GET", "", { query: { fields: "throughput,currency" } })).body).toEqual({
      id: account.phoneNumberId,
      throughput: { level: "STANDARD" },
      currency: "USD",
    });
    expect((await call("POST", "/subscribed_apps")).body).toEqual({ success: true });
    expect((await call("GET", "/subscribed_apps")).body).toMatchObject({ data: [{ whatsapp_business_api_data: {} }] });
    const register = { body: { messaging_product: "whatsapp", pin: "123456" } };
    expect((await call("POST", "/register", register)).body).toEqual({ success: true });
    expect(errorOf(await call("POST", "/register", { body: { messaging_product: "whatsapp", pin: "12" } })).code).toBe(
      131009,
    );
  });

  test("gives a token for a signup's code, and says whom it is for", async () => {
    const { transport, account } = await simulatedCompany(database);
    const query = { client_id: "1", client_secret: "2", code: account.wabaId };
    const token = await transport.call({ method: "GET", path: "/oauth/access_token", query });
    const inputToken = textOf(objectOf(token.body)?.access_token) ?? "";
    const told = await transport.call({ method: "GET", path: "/debug_token", query: { input_token: inputToken } });
    expect(told.body).toMatchObject({
      data: { is_valid: true, expires_at: 0, granular_scopes: [{ target_ids: [account.wabaId] }, {}] },
    });
    const late = { ...query, code: "expired" };
    expect(errorOf(await transport.call({ method: "GET", path: "/oauth/access_token", query: late })).code).toBe(100);
  });
});
