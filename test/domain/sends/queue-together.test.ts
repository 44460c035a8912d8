import { describe, expect, test } from "vitest";
import type { NewSend } from "../../../server/domain/sends/new-send.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function threads(people: number) {
  const companyId = await createCompany();
  for (let person = 0; person < people; person += 1)
    await deliver(
      db,
      textBody({ text: "Hello", phone: `91987655${1_000 + person}`, phoneNumberId: `sim-${companyId}` }),
    );
  const ids = await rows<{ id: number }>(
    db,
    `select id from conversations where company_id = ${companyId} order by id`,
  );
  return { companyId, c: ctx(companyId), conversationIds: ids.map(({ id }) => id) };
}

function text(conversationId: number, words: string): NewSend {
  return { conversationId, content: { type: "text", text: words }, origin: "user" };
}

describe("messages that are sent at the same moment", () => {
  test("share transactions, and each has its own answer, its own event and its own request", async () => {
    const { companyId, c, conversationIds } = await threads(3);
    const sends = Array.from({ length: 30 }, (_, index) => text(conversationIds[index % 3] ?? 0, `number ${index}`));
    const answers = await Promise.all(
      sends.map((send, index) => queueMessage({ ...c, requestId: `request ${index}` }, send)),
    );
    expect(answers.map(({ message }) => message.text)).toEqual(sends.map((_, index) => `number ${index}`));
    const told = await rows<{ subject_id: number; request_id: string }>(
      db,
      `select subject_id, request_id from events where company_id = ${companyId} and type = 'message.queued' order by subject_id`,
    );
    expect(told).toEqual(
      answers.map(({ message }, index) => ({ subject_id: message.id, request_id: `request ${index}` })),
    );
    const transactions = await rows(
      db,
      `select distinct xmin::text from outbound_sends where company_id = ${companyId}`,
    );
    expect(transactions.length).toBeLessThan(10);
    expect(
      await rows(db, `select last_message_text from conversations where company_id = ${companyId} order by id`),
    ).toEqual([27, 28, 29].map((last) => ({ last_message_text: `number ${last}` })));
  });

  test("do not suffer from one that is refused, one that names nothing and one that is wrong", async () => {
    const { companyId, c, conversationIds } = await threads(3);
    const [open = 0, closed = 0, third = 0] = conversationIds;
    await rows(
      db,
      `update conversations set window_expires_at = now() - interval '1 hour' where company_id = ${companyId} and id = ${closed} returning id`,
    );
    const ends = await Promise.allSettled([
      queueMessage(c, text(open, "first")),
      queueMessage(c, text(closed, "too late")),
      queueMessage(c, text(9_999_999, "to nobody")),
      queueMessage(c, { ...text(third, "an answer to nothing"), replyToMessageId: 9_999_999 }),
      queueMessage(c, text(third, "last")),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "rejected", "fulfilled"]);
    expect(ends[1]).toMatchObject({ reason: { refusal: { kind: "send_refused", obstacle: "window_closed" } } });
    expect(ends[2]).toMatchObject({ reason: { refusal: { kind: "not_found" } } });
    expect(ends[3]).toMatchObject({ reason: { refusal: { kind: "invalid" } } });
    expect(await count(db, `outbound_sends where company_id = ${companyId}`)).toBe(2);
  });

  test("of which several bear the same key are one message", async () => {
    const { companyId, c, conversationIds } = await threads(1);
    const keyed = { ...text(conversationIds[0] ?? 0, "once"), onceKey: "the key" };
    const answers = await Promise.all([
      queueMessage(c, text(keyed.conversationId, "another")),
      ...[1, 2, 3].map(() => queueMessage(c, keyed)),
    ]);
    expect(new Set(answers.map(({ message }) => message.id)).size).toBe(2);
    expect(await count(db, `outbound_sends where company_id = ${companyId}`)).toBe(2);
  });
});
