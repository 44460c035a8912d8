import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { deleteActivity } from "../../../server/domain/activities/delete-activity.ts";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { assignConversation } from "../../../server/domain/conversations/assign-conversation.ts";
import { recordEvent } from "../../../server/domain/events/record-event.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { updateLead } from "../../../server/domain/leads/update-lead.ts";
import { createNote, deleteNote, updateNote } from "../../../server/domain/notes/write-note.ts";
import { followCauses } from "../../../server/domain/notifications/follow-causes.ts";
import { messagesOf } from "../../factories/messages.ts";
import { dyingDb, notificationsIn } from "../../factories/notifications.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function office() {
  const companyId = await createCompany();
  const admin = await memberOf(db, companyId, "admin");
  const seller = await memberOf(db, companyId, "salesperson");
  const contactId = await personIn(db, companyId, { name: "Ana" });
  const asAdmin = ctx(companyId, { kind: "user", userId: admin, role: "admin" });
  const asSeller = ctx(companyId, { kind: "user", userId: seller, role: "salesperson" });
  return { companyId, admin, seller, contactId, asAdmin, asSeller, system: ctx(companyId) };
}

/** Follows the journal to its end: with a process that dies, then with two at once. */
async function follow(companyId: number) {
  await expect
    .poll(async () => {
      await followCauses(dyingDb(db), new Date()).catch(() => {});
      await Promise.all([followCauses(db, new Date()), followCauses(db, new Date())]);
      return isBehind();
    })
    .toBe(false);
  const rows = await notificationsIn(db, companyId);
  return rows.map(({ userId, kind, title }) => ({ userId, kind, title }));
}

async function isBehind(): Promise<boolean> {
  return (await db.first(behind({})))?.behind ?? true;
}

describe("an assigned lead", () => {
  test("is told to its new owner, with what is known and where it came from", async () => {
    const { companyId, asAdmin, seller } = await office();
    const lead = await createLead(asAdmin, {
      firstName: "Jane",
      lastName: "Smith",
      email: "jane@example.test",
      source: "website",
      need: "botox",
      ownerUserId: seller,
    });
    const first = { userId: seller, kind: "lead.assigned", title: "New lead for you: Jane Smith" };
    expect(await follow(companyId)).toEqual([first]);
    const [row] = await notificationsIn(db, companyId);
    expect(row).toMatchObject({
      subjectKind: "lead",
      subjectId: lead.id,
      body: expect.stringContaining("Source: website"),
    });
    expect(row?.body).toContain("botox");
    expect(row?.body).not.toContain("jane@example.test");

    const other = await memberOf(db, companyId, "salesperson");
    await updateLead(asAdmin, lead.id, { ownerUserId: other });
    await updateLead(asAdmin, lead.id, { ownerUserId: seller });
    const told = await follow(companyId);
    // Taken back before anybody looked: the one who has it is told.
    expect(told).toEqual([first, first]);
  });

  test("is no news to who took it themselves", async () => {
    const { companyId, asSeller, seller } = await office();
    await createLead(asSeller, { firstName: "Jane", email: "jane2@example.test", ownerUserId: seller });
    expect(await follow(companyId)).toEqual([]);
  });

  test("is one line where many come at once", async () => {
    const { companyId, asAdmin, seller } = await office();
    await asAdmin.transact(async (tx) => {
      for (let count = 0; count < 25; count++)
        await createLead(tx, { firstName: `Lead ${count}`, email: `lead-${count}@example.test`, ownerUserId: seller });
    });
    expect(await follow(companyId)).toEqual([
      { userId: seller, kind: "lead.assigned", title: "25 × a lead was assigned to you" },
    ]);
  });
});

describe("a mention", () => {
  test("is told once a note, also to whom an edit adds, and never of a deleted note", async () => {
    const { companyId, asSeller, admin, seller, contactId } = await office();
    const other = await memberOf(db, companyId, "manager");
    const note = await createNote(asSeller, { contactId, body: "Please look", mentions: [admin, seller] });
    const told = { userId: admin, kind: "note.mentioned", title: "Mia Test mentioned you on Ana" };
    expect(await follow(companyId)).toEqual([told]);
    await updateNote(asSeller, note.id, { body: "Please look, both", mentions: [admin, other] });
    expect(await follow(companyId)).toEqual([told, { ...told, userId: other }]);
    const gone = await createNote(asSeller, { contactId, body: "Never mind", mentions: [admin] });
    await deleteNote(asSeller, gone.id);
    expect(await follow(companyId)).toHaveLength(2);
  });
});

test("a mention by who has no name is told with their address", async () => {
  const { companyId, system, admin, contactId } = await office();
  const { id: userId, email } = await createUser(system, { email: "nameless@example.test", role: "manager" });
  const author = ctx(companyId, { kind: "user", userId, role: "manager" });
  await createNote(author, { contactId, body: "Please look", mentions: [admin] });
  expect(await follow(companyId)).toMatchObject([{ userId: admin, title: `${email} mentioned you on Ana` }]);
});

describe("a missed call", () => {
  test("is told to whose person it is, even who logged it; one deleted or outgoing is not", async () => {
    const { companyId, asSeller, seller, contactId } = await office();
    const missed = { contactId, activityType: "call", title: "Called about prices" } as const;
    await logActivity(asSeller, { ...missed, direction: "missed", status: "missed" });
    await logActivity(asSeller, { ...missed, direction: "outgoing", status: "no_answer" });
    await logActivity(asSeller, { ...missed, direction: "missed", occurredAt: "2024-01-01T10:00:00Z" });
    const wrong = await logActivity(asSeller, { ...missed, direction: "incoming", status: "no_answer" });
    await deleteActivity(asSeller, wrong.id);
    expect(await follow(companyId)).toEqual([{ userId: seller, kind: "call.missed", title: "Missed call: Ana" }]);
  });
});

describe("a conversation", () => {
  test("given to somebody is told to them, and the bot's leaving to whose it is", async () => {
    const { companyId, asAdmin, seller, system, contactId } = await office();
    await messagesOf(db, companyId, contactId, [{ direction: "in", sentAt: "2026-11-20T10:00:00Z" }]);
    const id = (await db.first(conversationOf({ companyId })))?.id ?? 0;
    await assignConversation(asAdmin, id, seller);
    const told = { userId: seller, kind: "conversation.assigned", title: "A conversation for you: Ana" };
    expect(await follow(companyId)).toEqual([told]);
    await db.run(botOff({ companyId, id }));
    const subject = { kind: "conversation", id } as const;
    await system.transact((tx) =>
      recordEvent(tx, { type: "conversation.handed_over", subject, contactId, data: { reason: "asks for a person" } }),
    );
    expect(await follow(companyId)).toEqual([
      told,
      { userId: seller, kind: "conversation.handed_over", title: "Ana waits for you" },
    ]);
  });

  test("whose message failed is told to who wrote it, with the reason", async () => {
    const { companyId, seller, system, contactId } = await office();
    await messagesOf(db, companyId, contactId, [{ direction: "out", sentAt: "2026-11-20T10:00:00Z" }]);
    const id = (await db.first(failMessage({ companyId, userId: seller })))?.id ?? 0;
    await system.transact((tx) =>
      recordEvent(tx, {
        type: "message.status_changed",
        subject: { kind: "message", id },
        contactId,
        before: { status: "queued" },
        after: { status: "failed" },
      }),
    );
    expect(await follow(companyId)).toEqual([{ userId: seller, kind: "message.failed", title: "Not sent to Ana" }]);
    expect(await notificationsIn(db, companyId)).toMatchObject([{ body: "The number is not on WhatsApp." }]);
  });
});

const behind = prepared<object>()(
  () => sql<{ behind: boolean }>`
    select exists (select from events e, journal_cursors c
      where c.name = 'notifications' and (e.transaction_id, e.id) > (c.transaction_id, c.event_id)) as behind`,
);

const conversationOf = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`select id from conversations where company_id = ${arg("companyId")}::bigint`,
);

const botOff = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    update conversations set bot_enabled = false where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const failMessage = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    update messages set status = 'failed', author_user_id = ${arg("userId")}::bigint,
      error = '{"title": "The number is not on WhatsApp."}', origin = 'user'
    where company_id = ${arg("companyId")}::bigint returning id`,
);
