import { describe, expect, test } from "vitest";
import { syncChannels } from "../../../server/jobs/watch-channels.ts";
import { graphRefusal } from "../../fakes/graph-server.ts";
import { drain } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import { numbersAtMeta } from "./numbers-at-meta.ts";

const { app, db, headers, receive, createCompany, graph, admin, atMeta, connect, connected, watch, get } =
  await numbersAtMeta();
const second = await createCompany("second");

describe("connecting a number by token and ids", () => {
  test("asks WhatsApp, subscribes, seals the token and knows the business", async () => {
    const { id, waba } = await connected();
    expect(await get(id)).toMatchObject({
      status: "connected",
      sync_status: "synced",
      business_id: "900",
      quality: "green",
      verified: true,
      is_active: true,
      verified_name: "Nora's Flowers",
      problems: [],
    });
    expect(graph.calls.some(({ method, path }) => method === "POST" && path === `/${waba}/subscribed_apps`)).toBe(true);
    const [row] = await rows<{ sealed: string }>(
      db,
      `select access_token_sealed as sealed from channel_accounts where id = ${id}`,
    );
    expect(row?.sealed).toMatch(/^v1\./);
    const health = await app.inject({ method: "GET", url: `/v1/channel-accounts/${id}/health`, headers: admin });
    expect(health.json()).toMatchObject({ healthy: true });
  });

  test("reads the account's templates at once, and connects where they cannot be read", async () => {
    const { phone, waba } = atMeta();
    const template = { id: `30${waba}`, name: "welcome", language: "en", status: "APPROVED", category: "UTILITY" };
    graph.on(`GET /${waba}/message_templates`, () => ({ body: { data: [{ ...template, components: [] }] } }));
    await connect({ phone_number_id: phone, waba_id: waba, access_token: "t" });
    const list = () => app.inject({ method: "GET", url: `/v1/templates?waba_id=${waba}`, headers: admin });
    expect((await list()).json().data).toMatchObject([{ name: "welcome", status: "APPROVED" }]);
    const { waba: other } = await connected();
    expect(graph.calls.at(-1)?.path).toBe(`/${other}/message_templates`);
  });

  test("stays pending until the business is known", async () => {
    const { id, waba } = await connected({ business: "" });
    expect(await get(id)).toMatchObject({ sync_status: "pending", last_sync_error: null });
    graph.on(`GET /${waba}`, () => ({ body: { id: waba, owner_business_info: { id: "901" } } }));
    await syncChannels(db, watch);
    expect(await get(id)).toMatchObject({ sync_status: "synced", business_id: "901" });
  });

  test("is refused to a second company, and possible once the first has let go", async () => {
    const { phone, waba, id } = await connected();
    const theirs = await headers("admin", second);
    const body = { phone_number_id: phone, waba_id: waba, access_token: "t" };
    expect((await connect(body, theirs)).statusCode).toBe(409);
    expect((await app.inject({ method: "DELETE", url: `/v1/channel-accounts/${id}`, headers: admin })).statusCode).toBe(
      204,
    );
    expect((await connect(body, theirs)).statusCode).toBe(201);
  });

  test("is refused with WhatsApp's reason for a wrong token, a number of another account and an expired token", async () => {
    const { phone, waba } = atMeta();
    const body = { phone_number_id: phone, waba_id: waba, access_token: "t" };
    graph.on(`GET /${waba}/phone_numbers`, () => ({ body: { data: [{ id: "1" }] } }));
    expect((await connect(body)).json()).toMatchObject({ status: 400, errors: [{ pointer: "#/phone_number_id" }] });
    graph.on(`GET /${phone}`, () => graphRefusal(401, 190, "Invalid OAuth access token"));
    const answer = await connect(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("Invalid OAuth access token");
    expect((await connect({ ...body, phone_number_id: "../1" })).statusCode).toBe(400);
  });

  test("registers with a PIN, and says what is missing without one", async () => {
    const { phone, waba } = atMeta({ status: "PENDING" });
    const body = { phone_number_id: phone, waba_id: waba, access_token: "t" };
    const without: { id: number } = (await connect(body)).json();
    expect((await get(without.id)).problems).toMatchObject([{ problem: "setup" }]);
    graph.on(`POST /${phone}/register`, () => ({ body: { success: true } }));
    await connect({ ...body, pin: "123456" });
    expect(graph.calls.map(({ path }) => path)).toContain(`/${phone}/register`);
    expect((await get(without.id)).problems).toEqual([]);
  });

  test("brings back what came for the number before anyone had connected it", async () => {
    const { phone, waba } = atMeta();
    const value = {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "15550100000", phone_number_id: phone },
      contacts: [{ profile: { name: "Early Bird" }, wa_id: "15550177777" }],
      messages: [
        { from: "15550177777", id: `wamid.${phone}`, timestamp: "1763720000", type: "text", text: { body: "hi" } },
      ],
    };
    await receive({
      object: "whatsapp_business_account",
      entry: [{ id: waba, changes: [{ field: "messages", value }] }],
    });
    expect(await rows(db, `select 1 from messages where provider_id = 'wamid.${phone}'`)).toEqual([]);
    await connect({ phone_number_id: phone, waba_id: waba, access_token: "t" });
    await drain(db);
    expect(await rows(db, `select 1 from messages where provider_id = 'wamid.${phone}'`)).toHaveLength(1);
  });
});

describe("Embedded Signup", () => {
  const signup = (payload: object) =>
    app.inject({ method: "POST", url: "/v1/channel-accounts/embedded-signup", headers: admin, payload });

  test("exchanges the code at once and connects", async () => {
    const { phone, waba } = atMeta();
    graph.on("GET /oauth/access_token", ({ query }) =>
      query.get("code") === "good"
        ? { body: { access_token: "fresh" } }
        : graphRefusal(400, 100, "This authorization code has expired."),
    );
    const body = { phone_number_id: phone, waba_id: waba, business_id: "77", code: "good", event: "FINISH" };
    const before = graph.calls.length;
    expect((await signup(body)).json()).toMatchObject({ business_id: "77", status: "connected" });
    expect(graph.calls[before]?.path).toBe("/oauth/access_token");
    const late = await signup({ ...body, code: "late" });
    expect([late.statusCode, late.body]).toEqual([400, expect.stringContaining("expired")]);
  });

  test("that ended with the account alone connects its only number, and says what is missing where there is none or a choice", async () => {
    graph.on("GET /oauth/access_token", () => ({ body: { access_token: "fresh" } }));
    const { phone, waba } = atMeta();
    const body = { code: "good", event: "FINISH_ONLY_WABA" };
    expect((await signup({ ...body, waba_id: waba })).json()).toMatchObject({ external_id: phone, waba_id: waba });
    for (const [numbers, words] of [
      [[], "has no number yet"],
      [[{ id: "1" }, { id: "2" }], "several numbers"],
    ] as const) {
      const other = atMeta();
      graph.on(`GET /${other.waba}/phone_numbers`, () => ({ body: { data: [...numbers] } }));
      const answer = await signup({ ...body, waba_id: other.waba });
      expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining(words)]);
      expect(answer.json().errors[0].pointer).toBe("#/phone_number_id");
    }
  });

  test("of a number that stays in the phone app asks for contacts and history once each and never registers", async () => {
    const { phone, waba } = atMeta({ status: "PENDING" });
    graph.on("GET /oauth/access_token", () => ({ body: { access_token: "fresh" } }));
    graph.on(`POST /${phone}/smb_app_data`, ({ json }) =>
      json.sync_type === "history" ? graphRefusal(400, 2593107) : { body: { request_id: "1" } },
    );
    const answer = await signup({
      phone_number_id: phone,
      waba_id: waba,
      code: "good",
      event: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING",
    });
    expect(answer.json()).toMatchObject({ problems: [] });
    const asked = graph.calls.filter(({ path }) => path.startsWith(`/${phone}/`));
    expect(asked.map(({ json }) => json.sync_type)).toEqual(["smb_app_state_sync", "history"]);
  });
});
