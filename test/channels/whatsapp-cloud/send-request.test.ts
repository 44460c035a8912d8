import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRequest, sendRequest } from "../../../server/channels/whatsapp-cloud/send-request.ts";
import type { OutgoingContent, TemplateComponent } from "../../../server/domain/sends/outgoing-content.ts";
import { type Json, listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import { readContent } from "./read-content.ts";

const folder = fileURLToPath(new URL("../../../../shared/fixtures/meta-openapi/examples/requests/", import.meta.url));
const prefix = "post_Phone_Number_ID_messages_req_";
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(prefix)) : [];

/** What the product does not send, and why. */
const outOfScope = new Map([
  [
    "Send_Sample_Issue_Resolution_Template.json",
    "its button parameters are booleans, which Meta's API refuses, and language.policy has been ignored since 2020",
  ],
]);

describe.skipIf(names.length === 0)("Meta's own examples of sends (skipped where ../shared is absent)", () => {
  test("are the fifty we know: 49 messages and the read receipt", () => {
    expect(names.length).toBe(50);
  });

  for (const file of names) {
    const name = file.slice(prefix.length);
    const why = outOfScope.get(name);
    if (why !== undefined) {
      test.skip(`${name}: ${why}`, () => {});
      continue;
    }
    test(`${name} is produced equal`, () => {
      const example = objectOf(JSON.parse(readFileSync(`${folder}${file}`, "utf8"))) ?? {};
      expect(produced(example)).toEqual(spelledOut(example));
    });
  }
});

function produced(example: Record<string, unknown>): Json {
  if (example.status === "read")
    return readRequest(textOf(example.message_id) ?? "", { typing: example.typing_indicator !== undefined });
  const replyTo = textOf(objectOf(example.context)?.message_id);
  const phone = textOf(example.to) ?? "";
  const request = sendRequest(
    { to: { phone }, content: readContent(example), ...(replyTo === undefined ? {} : { replyTo }) },
    new Map(),
  );
  return { ...request, to: phone };
}

/** The examples leave out what Meta fills in, and write a button's index now as a number, now as text. */
function spelledOut(example: Record<string, unknown>): unknown {
  if (example.status !== undefined) return example;
  const kind = ["text", "interactive"].find((word) => example[word] !== undefined);
  const filledIn = objectOf(JSON.parse(JSON.stringify(example).replace("<HEADER_TYPE>", "text")));
  return withTextIndex({ type: kind, recipient_type: "individual", ...filledIn });
}

function withTextIndex(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTextIndex);
  const object = objectOf(value);
  if (!object) return value;
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) => [key, key === "index" ? String(item) : withTextIndex(item)]),
  );
}

describe("a send", () => {
  const text: OutgoingContent = { type: "text", text: "Hello" };

  test("carries our id, the plus and the message it answers", () => {
    expect(
      sendRequest(
        { to: { phone: "4915112345678" }, content: text, replyTo: "wamid.A", callbackId: "our-id" },
        new Map(),
      ),
    ).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+4915112345678",
      type: "text",
      text: { body: "Hello" },
      context: { message_id: "wamid.A" },
      biz_opaque_callback_data: "our-id",
    });
  });

  test("goes to somebody without a number by the user id, and names both where both are known", () => {
    expect(sendRequest({ to: { userId: "US.13491208655302741918" }, content: text }, new Map())).toMatchObject({
      recipient: "US.13491208655302741918",
    });
    expect(
      sendRequest({ to: { phone: "+15550100", userId: "US.13491208655302741918" }, content: text }, new Map()),
    ).toMatchObject({ to: "+15550100", recipient: "US.13491208655302741918" });
  });

  test("names a stored file by the vendor's id, in messages, headers, templates and carousels", () => {
    const media = { mediaId: 7 };
    const uploaded = new Map([[7, "900"]]);
    const card: TemplateComponent[] = [{ type: "header", parameters: [{ type: "media", kind: "image", media }] }];
    const contents: OutgoingContent[] = [
      { type: "image", media, caption: "A" },
      {
        type: "interactive",
        interactive: { kind: "button", body: "B", header: { type: "image", media }, buttons: [] },
      },
      {
        type: "template",
        name: "t",
        language: "en",
        components: [...card, { type: "carousel", cards: [{ index: 0, components: card }] }],
      },
    ];
    for (const content of contents) {
      const request = JSON.stringify(sendRequest({ to: { phone: "+15550100" }, content }, uploaded));
      expect(request).toContain('"id":"900"');
      expect(request).not.toContain("mediaId");
    }
  });

  test("takes an offer's end, a coupon and named parameters", () => {
    const components: TemplateComponent[] = [
      { type: "limited_time_offer", expiresAtMs: 1_800_000_000_000 },
      { type: "button", subType: "copy_code", index: 1, parameters: [{ type: "coupon_code", code: "SPRING" }] },
      { type: "body", parameters: [{ type: "text", name: "first_name", text: "Ana" }] },
    ];
    const content: OutgoingContent = { type: "template", name: "offer", language: "en", components };
    const request = sendRequest({ to: { phone: "+15550100" }, content }, new Map());
    const [offer, coupon, body] = listOf(objectOf(request.template)?.components).map(objectOf);
    const first = objectOf(listOf(offer?.parameters)[0]);
    expect(numberOf(objectOf(first?.limited_time_offer)?.expiration_time_ms)).toBe(1_800_000_000_000);
    expect(coupon).toMatchObject({ sub_type: "copy_code", index: "1" });
    expect(body).toMatchObject({ parameters: [{ type: "text", parameter_name: "first_name", text: "Ana" }] });
  });
});
