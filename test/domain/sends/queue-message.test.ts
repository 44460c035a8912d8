import { describe, expect, test } from "vitest";
import { getMessage } from "../../../server/domain/conversations/get-message.ts";
import { DomainError } from "../../../server/domain/domain-error.ts";
import type { OutgoingContent } from "../../../server/domain/sends/outgoing-content.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { eventTypes } from "../../factories/rows.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
let serial = 0;

async function thread() {
  serial += 1;
  const companyId = await createCompany();
  const phone = `9198765${String(40_000 + serial)}`;
  await deliver(db, textBody({ text: "Hello", phone, phoneNumberId: `sim-${companyId}` }));
  const [row] = await rows<{ id: number }>(db, `select id from conversations where company_id = ${companyId}`);
  return { companyId, phone, conversationId: row?.id ?? 0, c: ctx(companyId) };
}

describe("queueMessage", () => {
  test("stores message, outbox row, conversation and event in one go, and the worker sends it", async () => {
    const { companyId, conversationId, c, phone } = await thread();
    const { message, decision } = await queueMessage(c, {
      conversationId,
      content: { type: "text", text: "Good morning" },
      origin: "user",
    });
    expect(decision.outcome).toBe("allowed");
    expect(message).toMatchObject({
      status: "queued",
      direction: "out",
      origin: "user",
      text: "Good morning",
      type: "text",
    });
    const [conversation] = await rows(
      db,
      `select unread_count, last_message_text, last_message_direction, last_outbound_at is not null as out
      from conversations where company_id = ${companyId}`,
    );
    expect(conversation).toEqual({
      unread_count: 0,
      last_message_text: "Good morning",
      last_message_direction: "out",
      out: false,
    });
    expect(await eventTypes(db, companyId)).toContain("message.queued");
    const vendor = fakeVendor();
    await sendDue(db, vendor);
    expect(vendor.calls).toHaveLength(1);
    expect(vendor.calls[0]).toMatchObject({
      to: { phone: `+${phone}` },
      content: { type: "text", text: "Good morning" },
    });
    expect(await getMessage(c, message.id)).toMatchObject({
      status: "accepted",
      providerId: expect.stringContaining("wamid.OUT"),
    });
  });

  test("gives the same message for the same key", async () => {
    const { companyId, conversationId, c } = await thread();
    const input = { conversationId, content: { type: "text", text: "Once" }, origin: "bot", onceKey: "k1" } as const;
    const [first, second] = await Promise.all([queueMessage(c, input), queueMessage(c, input)]);
    expect(second.message.id).toBe(first.message.id);
    expect(await count(db, `outbound_sends where company_id = ${companyId}`)).toBe(1);
  });

  test("throws what the policy refuses and writes nothing", async () => {
    const { companyId, conversationId, c } = await thread();
    await rows(
      db,
      `update conversations set window_expires_at = now() - interval '1 hour' where company_id = ${companyId}`,
    );
    const refused = await queueMessage(c, {
      conversationId,
      content: { type: "text", text: "Late" },
      origin: "user",
    }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({ refusal: { kind: "send_refused", obstacle: "window_closed" } });
    expect(await count(db, `messages where company_id = ${companyId} and direction = 'out'`)).toBe(0);
  });

  test.each([
    [{ type: "text", text: " " }, "text.body"],
    [{ type: "text", text: "x".repeat(4097) }, "text.body"],
    [{ type: "image", media: { link: "ftp://x" } }, "image.link"],
    [{ type: "interactive", interactive: { kind: "button", body: "?", buttons: [] } }, "interactive.buttons"],
    [
      {
        type: "interactive",
        interactive: { kind: "button", body: "?", buttons: [{ id: "a", title: "x".repeat(21) }] },
      },
      "interactive.buttons.0.title",
    ],
    [{ type: "reaction", messageProviderId: "wamid.1", emoji: "no" }, "reaction.emoji"],
    [{ type: "location", latitude: 91, longitude: 0 }, "location.latitude"],
  ] satisfies [OutgoingContent, string][])("refuses %j before anything is stored", async (content, path) => {
    const { companyId, conversationId, c } = await thread();
    const refused = await queueMessage(c, {
      conversationId,
      content,
      origin: "user",
    }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ refusal: { kind: "invalid", problems: [{ path }] } });
    expect(await count(db, `messages where company_id = ${companyId} and direction = 'out'`)).toBe(0);
  });
});
