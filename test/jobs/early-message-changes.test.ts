import { describe, expect, test } from "vitest";
import { sweepEarly } from "../../server/domain/conversations/sweep-early.ts";
import { messageBody, nextId, statusBody, textBody } from "../factories/whatsapp-body.ts";
import { deliver } from "../harness/deliver.ts";
import { count, rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, createCompany } = await testDatabase();
await createCompany("main");

const now = Math.floor(Date.now() / 1000);

const revoked = (id: string) =>
  messageBody({ type: "revoke", content: { original_message_id: id }, at: new Date(now * 1000) });

const edited = (id: string, body: string, at = now) =>
  messageBody({
    type: "edit",
    content: { original_message_id: id, message: { type: "text", text: { body } } },
    at: new Date(at * 1000),
  });

const message = async (id: string) =>
  (
    await rows(
      db,
      `select m.text, m.revoked_at is not null as revoked, m.edited_at is not null as edited, c.last_message_text as shown
       from messages m join conversations c on c.company_id = m.company_id and c.id = m.conversation_id where m.provider_id = '${id}'`,
    )
  )[0];

describe("a change that comes before its message", () => {
  test("takes the text back when the message comes", async () => {
    const id = nextId();
    await deliver(db, revoked(id));
    await deliver(db, revoked(id));
    await deliver(db, textBody({ id, text: "a secret" }));
    expect(await message(id)).toEqual({ text: null, revoked: true, edited: false, shown: null });
    expect(await count(db, "early_message_changes")).toBe(0);
    expect(await count(db, "events where type = 'message.revoked'")).toBe(1);
    await deliver(db, textBody({ id, text: "a secret" }), revoked(id));
    expect(await message(id)).toMatchObject({ text: null });
    expect(await count(db, "events where type = 'message.revoked'")).toBe(1);
  });

  test("puts the latest text there, in whatever order the edits came", async () => {
    const id = nextId();
    await deliver(db, edited(id, "third", now + 2));
    await deliver(db, edited(id, "second", now + 1));
    await deliver(db, textBody({ id, text: "first" }));
    expect(await message(id)).toEqual({ text: "third", revoked: false, edited: true, shown: "third" });
    expect(await count(db, "early_message_changes")).toBe(0);
  });

  test("is a deletion where both came, whichever was first", async () => {
    for (const pair of [
      (id: string) => [revoked(id), edited(id, "again", now + 5)],
      (id: string) => [edited(id, "again", now + 5), revoked(id)],
    ]) {
      const id = nextId();
      for (const body of pair(id)) await deliver(db, body);
      await deliver(db, textBody({ id, text: "first" }));
      expect(await message(id)).toMatchObject({ text: null, revoked: true });
    }
  });

  test("is made when both are worked on at once", async () => {
    const ids = Array.from({ length: 30 }, nextId);
    await Promise.all(ids.flatMap((id) => [deliver(db, textBody({ id, text: "a secret" })), deliver(db, revoked(id))]));
    expect(await count(db, `messages where provider_id = any('{${ids.join(",")}}') and revoked_at is null`)).toBe(0);
    expect(await count(db, `messages where provider_id = any('{${ids.join(",")}}')`)).toBe(30);
    expect(await count(db, "early_message_changes")).toBe(0);
    expect(await rows(db, "select error from inbound_deliveries where attempts > 0")).toEqual([]);
  });

  test("is forgotten, as an early status is, when the message never comes", async () => {
    await deliver(db, revoked(nextId()), revoked(nextId()), statusBody({ id: nextId(), status: "read" }));
    const later = new Date(Date.now() + 1_000);
    expect(await sweepEarly(db, new Date(Date.now() - 60_000), 100)).toBe(0);
    expect(await sweepEarly(db, later, 1)).toBe(1);
    expect(await sweepEarly(db, later, 100)).toBe(1);
    expect([await count(db, "early_message_changes"), await count(db, "early_statuses")]).toEqual([0, 0]);
  });
});
