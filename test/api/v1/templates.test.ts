import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sealSecret } from "../../../server/domain/accounts/seal-secret.ts";
import { mediaFiles } from "../../../server/domain/media/media-files.ts";
import type { TemplateParameter } from "../../../server/domain/sends/outgoing-content.ts";
import { checkTemplateDefinition } from "../../../server/domain/templates/check-template-definition.ts";
import { checkTemplateParameters } from "../../../server/domain/templates/check-template-parameters.ts";
import { renderTemplate } from "../../../server/domain/templates/render-template.ts";
import { type Json, jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import { graphRefusal, graphServer } from "../../fakes/graph-server.ts";
import { rows } from "../../harness/rows.ts";
import { testApp, testEncryptionKey } from "../../harness/test-app.ts";

const graph = await graphServer();
const { app, db, companyId, dataDir, headers, receive, createCompany } = await testApp({ graphUrl: graph.url });
const admin = await headers();
const token = sealSecret(testEncryptionKey, "token-1");
const [account] = await rows<{ id: number }>(
  db,
  `with a as (insert into channel_accounts (company_id, provider, name, external_id, waba_id, access_token_sealed)
     values (${companyId}, 'whatsapp_cloud', 'Shop', '106', '206', '${token}') returning id, company_id)
   , r as (insert into channel_routes select 'whatsapp_waba', '206', company_id, id from a) select id from a`,
);
const channel_account_id = account?.id ?? 0;
const samplePng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const body = { type: "BODY", text: "Hello {{1}}, it is {{2}} today.", example: { body_text: [["Ana", "Monday"]] } };
const wanted = { channel_account_id, name: "greeting", language: "en_US", category: "UTILITY", components: [body] };
const call = (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object, who = admin) =>
  app.inject({ method, url, headers: who, ...(payload ? { payload } : {}) });

describe("a template", () => {
  test("is created at WhatsApp, followed through its review, edited, previewed and deleted", async () => {
    graph.on("POST /206/message_templates", () => ({
      body: { id: "9007199254740993", status: "PENDING", category: "UTILITY" },
    }));
    const made = await call("POST", "/v1/templates", wanted);
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({
      status: "PENDING",
      provider_id: "9007199254740993",
      parameter_format: "POSITIONAL",
    });
    expect(graph.calls.at(-1)?.json).toEqual({
      name: "greeting",
      language: "en_US",
      category: "UTILITY",
      parameter_format: "POSITIONAL",
      components: [body],
    });
    const { id }: { id: number } = made.json();
    expect((await call("PATCH", `/v1/templates/${id}`, { components: [body] })).statusCode).toBe(409);
    const value = {
      event: "APPROVED",
      message_template_id: 1,
      message_template_name: "greeting",
      message_template_language: "en_US",
      reason: "NONE",
    };
    await receive({
      object: "whatsapp_business_account",
      entry: [{ id: "206", time: 1, changes: [{ field: "message_template_status_update", value }] }],
    });
    expect((await call("GET", `/v1/templates/${id}`)).json()).toMatchObject({ status: "APPROVED" });
    const parameters = [
      { type: "text", text: "Ben" },
      { type: "text", text: "Friday" },
    ];
    const preview = await call("POST", `/v1/templates/${id}/preview`, { components: [{ type: "body", parameters }] });
    expect(preview.json()).toMatchObject({ text: "Hello Ben, it is Friday today.", problems: [] });
    const short = await call("POST", `/v1/templates/${id}/preview`, { components: [] });
    expect(short.json().problems).toMatchObject([{ detail: "the body takes 2 values, and 0 came" }]);
    graph.on("POST /1", () => ({ body: { success: true } }));
    expect((await call("PATCH", `/v1/templates/${id}`, { components: [body] })).json()).toMatchObject({
      status: "PENDING",
    });
    graph.on("DELETE /206/message_templates", () => ({ body: { success: true } }));
    expect((await call("DELETE", `/v1/templates/${id}`)).statusCode).toBe(204);
    expect(graph.calls.at(-1)?.query.get("name")).toBe("greeting");
    expect((await call("GET", "/v1/templates")).json().data).toEqual([]);
    const theirs = await headers("admin", await createCompany());
    expect((await call("GET", `/v1/templates/${id}`, undefined, theirs)).statusCode).toBe(404);
  });

  test("that WhatsApp refuses is refused in its words, and one that it would refuse never reaches it", async () => {
    graph.on("POST /206/message_templates", () => graphRefusal(400, 2388019, "Message template limit exceeded"));
    const refused = await call("POST", "/v1/templates", { ...wanted, name: "other" });
    expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining("limit exceeded")]);
    const before = graph.calls.length;
    const wrong = await call("POST", "/v1/templates", {
      ...wanted,
      name: "Not A Name",
      components: [{ type: "BODY", text: "{{2}}" }],
    });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json().errors.length).toBeGreaterThan(2);
    expect(graph.calls.length).toBe(before);
  });

  test("takes a picture stored here as its header's example", async () => {
    const url = "/v1/media?filename=sun.png";
    const png = { ...admin, "content-type": "image/png" };
    const picture = (await app.inject({ method: "POST", url, headers: png, payload: samplePng })).json<{
      id: number;
    }>();
    graph.on("POST /app/uploads", () => ({ body: { id: "upload:MTphdHQ=" } }));
    graph.on("POST /upload:MTphdHQ=", () => ({ body: { h: "4::aW1n:ARb" } }));
    graph.on("POST /206/message_templates", () => ({ body: { id: "77", status: "PENDING", category: "UTILITY" } }));
    const header = (media_id: number) => ({ type: "HEADER", format: "IMAGE", example: { media_id } });
    const made = await call("POST", "/v1/templates", {
      ...wanted,
      name: "sunny",
      components: [header(picture.id), body],
    });
    expect(made.statusCode, made.body).toBe(201);
    const [started, sent, created] = graph.calls.slice(-3);
    expect(Object.fromEntries(started?.query ?? [])).toEqual({
      file_name: "sun.png",
      file_length: String(samplePng.length),
      file_type: "image/png",
    });
    expect(sent?.headers).toMatchObject({ authorization: "OAuth token-1", file_offset: "0" });
    expect(sent?.bytes.equals(samplePng)).toBe(true);
    const handled = { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::aW1n:ARb"] } };
    expect(created?.json.components).toEqual([handled, body]);
    expect(made.json().components).toEqual([handled, body]);
    const calls = graph.calls.length;
    const none = await call("POST", "/v1/templates", { ...wanted, name: "gone", components: [header(987), body] });
    expect([none.statusCode, none.json().detail]).toEqual([400, "There is no file with the id 987."]);
    expect(graph.calls).toHaveLength(calls);
    const stored = await rows<{ path: string }>(db, `select storage_key as path from media where id = ${picture.id}`);
    await rm(mediaFiles(dataDir).pathOf(stored[0]?.path ?? ""));
    const lost = await call("POST", "/v1/templates", {
      ...wanted,
      name: "lost",
      components: [header(picture.id), body],
    });
    expect([lost.statusCode, lost.json().detail]).toEqual([400, `There is no file with the id ${picture.id}.`]);
    expect(graph.calls).toHaveLength(calls);
  });

  test("comes without a name of the account where there is one only", async () => {
    const several = await call("POST", "/v1/templates/sync");
    expect(several.statusCode).toBe(400);
    expect(several.json().errors).toMatchObject([
      { pointer: "#/channel_account_id", detail: expect.stringContaining(`channel_account_id: `) },
    ]);
    expect(several.body).toContain(`${channel_account_id} (Shop)`);
    const alone = await headers("admin", await createCompany());
    const synced = await call("POST", "/v1/templates/sync", undefined, alone);
    expect([synced.statusCode, synced.json()]).toEqual([200, { templates: expect.any(Number) }]);
    expect((await call("POST", "/v1/templates/sync", {}, alone)).statusCode).toBe(200);
    expect((await call("POST", "/v1/templates/sync", { channel_account_id: "x" })).statusCode).toBe(400);
  });

  test("comes by a sync over all pages, and goes with it", async () => {
    const item = (name: string) => ({
      id: `1${name.length}`,
      name,
      language: "de",
      category: "MARKETING",
      status: "APPROVED",
      components: [body],
      quality_score: { score: "GREEN" },
    });
    graph.on("GET /206/message_templates", ({ query }) =>
      query.get("after") === "c1"
        ? { body: { data: [item("second_one")], paging: { cursors: { after: "c2" } } } }
        : {
            body: {
              data: [item("first")],
              paging: { cursors: { after: "c1" }, next: "https://graph.facebook.com/next" },
            },
          },
    );
    expect((await call("POST", "/v1/templates/sync", { channel_account_id })).json()).toEqual({ templates: 2 });
    const list = (await call("GET", "/v1/templates?category=marketing&q=first&status=approved")).json();
    expect(list.data).toMatchObject([{ name: "first", quality: "GREEN", language: "de" }]);
    graph.on("GET /206/message_templates", () => ({ body: { data: [item("first")] } }));
    await call("POST", "/v1/templates/sync", { channel_account_id });
    expect((await call("GET", "/v1/templates?language=de")).json().data).toHaveLength(1);
  });
});

const folder = fileURLToPath(new URL("../../../../shared/fixtures/meta-openapi/examples/requests/", import.meta.url));
const examples = existsSync(folder) ? readdirSync(folder).filter((name) => /message_templates_req_/.test(name)) : [];

describe.skipIf(examples.length === 0)("Meta's own examples of templates (skipped where ../shared is absent)", () => {
  test.each(examples)("%s is a template we would create", (file) => {
    const example = objectOf(JSON.parse(readFileSync(`${folder}${file}`, "utf8"))) ?? {};
    const category = textOf(example.category);
    const problems = checkTemplateDefinition({
      name: (textOf(example.name) ?? "").replace("<TEMPLATE_NAME>", "some_name"),
      language: textOf(example.language) ?? "",
      category: category === "MARKETING" || category === "AUTHENTICATION" ? category : "UTILITY",
      parameterFormat: "POSITIONAL",
      components: jsonOf(example.components),
    });
    expect(problems).toEqual([]);
  });
});

describe("values", () => {
  const components: Json = [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "Hi {{first_name}}, code {{code}}!" },
    { type: "FOOTER", text: "Bye" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "Go", url: "https://example.com/{{1}}" },
        { type: "COPY_CODE", text: "Copy" },
      ],
    },
  ];
  const fitting = [
    { type: "header", parameters: [{ type: "media", kind: "image", media: { mediaId: 1 } }] },
    {
      type: "body",
      parameters: [
        { type: "text", name: "code", text: "X1" },
        { type: "text", name: "first_name", text: "Ana" },
      ],
    },
    { type: "button", subType: "url", index: 0, parameters: [{ type: "text", text: "x" }] },
    { type: "button", subType: "copy_code", index: 1, parameters: [{ type: "coupon_code", code: "X1" }] },
  ] satisfies Parameters<typeof checkTemplateParameters>[1];

  test("that fit are put in by their names", () => {
    expect(checkTemplateParameters(components, fitting)).toEqual([]);
    expect(renderTemplate(components, fitting)).toMatchObject({
      text: "Hi Ana, code X1!\n\nBye",
      buttons: [{ url: "https://example.com/x" }, { kind: "copy_code" }],
    });
  });

  test("go by their number, in whatever order the wording has them", () => {
    const swapped: Json = [{ type: "BODY", text: "Order {{2}} of {{1}}." }];
    const parameters = ["Ana", "77"].map((text) => ({ type: "text" as const, text }));
    expect(renderTemplate(swapped, [{ type: "body", parameters }]).body).toBe("Order 77 of Ana.");
  });

  test("that are an amount or a date go by their names too", () => {
    const due: Json = [{ type: "BODY", text: "You owe {{sum}} by {{day}}." }];
    const body = (...parameters: TemplateParameter[]) => [{ type: "body" as const, parameters }];
    const day = { type: "date_time", name: "day", fallback: "1 December" } as const;
    const sum = { type: "currency", name: "sum", fallback: "10 $", code: "USD", amount1000: 10_000 } as const;
    expect(checkTemplateParameters(due, body(day, sum))).toEqual([]);
    expect(renderTemplate(due, body(day, sum)).body).toBe("You owe 10 $ by 1 December.");
    const [problem] = checkTemplateParameters(due, body(day, { ...sum, name: "total" }));
    expect(problem?.message).toBe("values are missing for sum");
  });

  test("that do not fit are named one by one", () => {
    const [header, , url] = fitting;
    const wrong = checkTemplateParameters(components, [
      ...(url ? [url] : []),
      {
        type: "body",
        parameters: [
          { type: "text", name: "first_name", text: "Ana" },
          { type: "text", name: "cod", text: "X" },
        ],
      },
      { type: "button", subType: "quick_reply", index: 7, parameters: [] },
    ]);
    expect(wrong.map(({ message }) => message)).toEqual([
      "the header needs one image",
      "values are missing for code",
      "button 1 needs one value of the type coupon_code",
      "the template has no button 7",
    ]);
    expect(checkTemplateParameters([{ type: "BODY", text: "No values" }], header ? [header] : [])).toHaveLength(1);
  });
});
