import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { acceptMerge } from "../../../server/domain/merges/accept-merge.ts";
import { dismissMerge } from "../../../server/domain/merges/dismiss-merge.ts";
import { listMerges } from "../../../server/domain/merges/list-merges.ts";
import { previewMerge } from "../../../server/domain/merges/preview-merge.ts";
import { proposeMergeByHand } from "../../../server/domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../server/domain/merges/undo-merge.ts";
import { createNote } from "../../../server/domain/notes/write-note.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
// Webhooks of the tests' number are routed to this company.
const companyId = await createCompany("main");
const me = ctx(companyId);
let serial = 0;

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 10, minutes));

/** Somebody who wrote from a number of their own. */
async function writer(text = "Hello", minutes = 0) {
  serial += 1;
  const phone = `91987650${String(serial).padStart(4, "0")}`;
  await deliver(db, textBody({ phone, name: `Person ${serial}`, text, at: at(minutes) }));
  const [row] = await rows<{ id: number }>(db, `select id from contacts where phone = '+${phone}'`);
  return { id: row?.id ?? 0, phone };
}

async function merge(keptId: number, mergedId: number) {
  const { id } = await proposeMergeByHand(me, { keptId, mergedId });
  return acceptMerge(me, id);
}

const owned = [
  "contact_identities",
  "contact_consents",
  "contact_tags",
  "leads",
  "deals",
  "tasks",
  "activities",
  "notes",
];

/** Everything of these people, without the counters of edits. */
async function everythingOf(...ids: number[]) {
  const list = ids.join(", ");
  const state: Record<string, unknown> = {};
  const strip = "- '{version,updated_at}'::text[]";
  for (const table of [...owned, "notifications", "contact_inbox", "messages", "conversations"]) {
    const sorted = `select to_jsonb(t) ${strip} as row from ${table} t where contact_id in (${list})`;
    state[table] = (await rows<{ row: unknown }>(db, `${sorted} order by (to_jsonb(t) ${strip})::text`)).map(
      ({ row }) => row,
    );
  }
  state.contacts = await rows(
    db,
    `select to_jsonb(t) ${strip} as row from contacts t where id in (${list}) order by id`,
  );
  state.events = await rows(
    db,
    `select id, contact_id from events where contact_id in (${list}) and type not like 'contact_merge.%' and type <> 'lead.scored' order by id`,
  );
  return state;
}

const unreadOf = async (id: number) =>
  (
    await rows(db, `select unread_count, message_count, last_message_at from contact_inbox where contact_id = ${id}`)
  )[0];

describe("a merge", () => {
  test("gives everything of one person to the other and undone gives all of it back", async () => {
    const kept = await writer("How much is it?", 0);
    const merged = await writer("We need a demo of 12 seats", 5);
    await updateContact(me, merged.id, { email: `m${merged.id}@example.test`, position: "CFO", custom: {} });
    await createDeal(me, { contactId: merged.id, title: "Twelve seats", value: "1200" });
    await createNote(me, { contactId: merged.id, body: "Likes tea" });
    const before = await everythingOf(kept.id, merged.id);
    const done = await merge(kept.id, merged.id);
    expect(done).toMatchObject({ status: "merged", kept: { id: kept.id }, merged: { id: merged.id, deleted: true } });
    const person = await getContact(me, kept.id);
    expect(person).toMatchObject({ name: "Person 1", email: `m${merged.id}@example.test`, position: "CFO" });
    for (const table of owned.filter((name) => name !== "contact_tags")) {
      expect(await rows(db, `select 1 from ${table} where contact_id = ${merged.id}`), table).toEqual([]);
    }
    expect(await unreadOf(kept.id)).toMatchObject({
      unread_count: 2,
      message_count: 2,
      last_message_at: "2026-11-20T10:05:00Z",
    });
    const threads = await rows(
      db,
      `select unread_count, last_message_text from conversations where contact_id = ${kept.id}`,
    );
    expect(threads).toEqual([{ unread_count: 2, last_message_text: "We need a demo of 12 seats" }]);
    expect(await rows(db, `select id from leads where contact_id = ${kept.id} and closed_at is null`)).toHaveLength(1);
    expect(await undoMerge(me, done.id)).toMatchObject({ status: "undone" });
    expect(await everythingOf(kept.id, merged.id)).toEqual(before);
  });

  test("says beforehand what it will do", async () => {
    const [kept, merged] = [await writer("one"), await writer("two")];
    await updateContact(me, merged.id, { position: "CEO" });
    const { id } = await proposeMergeByHand(me, { keptId: kept.id, mergedId: merged.id });
    expect(await previewMerge(me, id)).toMatchObject({
      counts: { identities: 2, conversations: 1, conversationsJoined: 1, messages: 1, leads: 1, closesLead: true },
      fields: { before: { position: null }, after: { position: "CEO" } },
    });
  });

  test("keeps what the kept person has and never loosens do-not-contact", async () => {
    const kept = await createContact(me, { name: "Zoë", email: `z${serial}@example.test`, source: "fair" });
    const merged = await createContact(me, { name: "Zoe B.", source: "web", doNotContact: true, stage: "opportunity" });
    const { id } = await merge(kept.id, merged.id);
    expect(await getContact(me, kept.id)).toMatchObject({
      name: "Zoë",
      source: "fair",
      doNotContact: true,
      stage: "opportunity",
    });
    await undoMerge(me, id);
    expect(await getContact(me, kept.id)).toMatchObject({ doNotContact: false, stage: "new" });
    expect(await getContact(me, merged.id)).toMatchObject({ doNotContact: true, stage: "opportunity" });
  });

  test("moves a conversation whole where the kept person has none on that number", async () => {
    const kept = await createContact(me, { name: "Only a name" });
    const merged = await writer("Hi", 0);
    const before = await everythingOf(kept.id, merged.id);
    const { id } = await merge(kept.id, merged.id);
    const threads = await rows(db, `select unread_count from conversations where contact_id = ${kept.id}`);
    expect(threads).toEqual([{ unread_count: 1 }]);
    expect(await getContact(me, kept.id)).toMatchObject({ phone: `+${merged.phone}`, unreadCount: 1 });
    await undoMerge(me, id);
    expect(await everythingOf(kept.id, merged.id)).toEqual(before);
  });
});

describe("after a merge", () => {
  test("later messages reach the kept person, and an undo gives each to whom it came by name", async () => {
    const [kept, merged] = [await writer("one", 0), await writer("two", 1)];
    const { id } = await merge(kept.id, merged.id);
    await deliver(db, textBody({ phone: kept.phone, text: "later of the kept", at: at(10) }));
    await deliver(db, textBody({ phone: merged.phone, text: "later of the merged", at: at(11) }));
    expect(await unreadOf(kept.id)).toMatchObject({ unread_count: 4, message_count: 4 });
    await undoMerge(me, id);
    const texts = async (contactId: number) =>
      (
        await rows<{ text: string }>(db, `select text from messages where contact_id = ${contactId} order by sent_at`)
      ).map(({ text }) => text);
    expect(await texts(kept.id)).toEqual(["one", "later of the kept"]);
    expect(await texts(merged.id)).toEqual(["two", "later of the merged"]);
    expect(await unreadOf(kept.id)).toMatchObject({ unread_count: 2, last_message_at: "2026-11-20T10:10:00Z" });
    expect(await unreadOf(merged.id)).toMatchObject({ unread_count: 2, last_message_at: "2026-11-20T10:11:00Z" });
    await deliver(db, textBody({ phone: merged.phone, text: "and on", at: at(12) }));
    expect(await texts(merged.id)).toContain("and on");
  });

  test("later messages of the kept person leave a conversation that had moved whole", async () => {
    const kept = await createContact(me, { name: "Two phones", phone: "+919876111222" });
    const merged = await writer("two", 1);
    const { id } = await merge(kept.id, merged.id);
    await deliver(db, textBody({ phone: "919876111222", text: "mine", at: at(20) }));
    expect(await unreadOf(kept.id)).toMatchObject({ unread_count: 2 });
    await undoMerge(me, id);
    expect(await unreadOf(kept.id)).toMatchObject({ unread_count: 1, message_count: 1 });
    expect(await unreadOf(merged.id)).toMatchObject({ unread_count: 1, last_message_at: "2026-11-20T10:01:00Z" });
  });

  test("what somebody changed since stays", async () => {
    const [kept, merged] = [
      await createContact(me, { name: "K" }),
      await createContact(me, { name: "M", position: "CFO", notes: "n" }),
    ];
    const { id } = await merge(kept.id, merged.id);
    await updateContact(me, kept.id, { position: "CEO" });
    await undoMerge(me, id);
    expect(await getContact(me, kept.id)).toMatchObject({ position: "CEO", notes: null });
  });

  test("the merged person is not restored by hand", async () => {
    const [kept, merged] = [await createContact(me, { name: "K" }), await createContact(me, { name: "M" })];
    await merge(kept.id, merged.id);
    await expect(restoreContact(me, merged.id)).rejects.toThrow(/undo the merge/);
  });
});

describe("chains", () => {
  test("are followed: a proposal about someone merged speaks of who they have become", async () => {
    const [a, b, c] = [await writer("a"), await writer("b"), await writer("c")];
    const { id: second } = await proposeMergeByHand(me, { keptId: c.id, mergedId: a.id });
    const first = await merge(b.id, a.id);
    expect(await acceptMerge(me, second)).toMatchObject({ kept: { id: c.id }, merged: { id: b.id } });
    expect(await unreadOf(c.id)).toMatchObject({ unread_count: 3 });
    await expect(undoMerge(me, first.id)).rejects.toThrow(/undo that merge first/);
    await undoMerge(me, second);
    await undoMerge(me, first.id);
    for (const { id } of [a, b, c]) expect(await unreadOf(id)).toMatchObject({ unread_count: 1, message_count: 1 });
  });

  test("do not close into a circle", async () => {
    const [a, b] = [await createContact(me, { name: "A" }), await createContact(me, { name: "B" })];
    const { id } = await proposeMergeByHand(me, { keptId: a.id, mergedId: b.id });
    await expect(proposeMergeByHand(me, { keptId: b.id, mergedId: a.id })).rejects.toThrow(/proposed already/);
    await acceptMerge(me, id);
    await expect(acceptMerge(me, id)).rejects.toThrow(/merged already/);
    await expect(dismissMerge(me, id)).rejects.toThrow(/merged already/);
  });

  test("refuse deleted people", async () => {
    const [a, b] = [await createContact(me, { name: "A" }), await createContact(me, { name: "B" })];
    const { id } = await proposeMergeByHand(me, { keptId: a.id, mergedId: b.id });
    await deleteContact(me, b.id);
    await expect(acceptMerge(me, id)).rejects.toThrow(/was deleted/);
  });
});

describe("at the same time", () => {
  test("two accepts merge once", async () => {
    const [kept, merged] = [await writer("one"), await writer("two")];
    const { id } = await proposeMergeByHand(me, { keptId: kept.id, mergedId: merged.id });
    const outcomes = await Promise.allSettled([acceptMerge(me, id), acceptMerge(me, id), acceptMerge(me, id)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await unreadOf(kept.id)).toMatchObject({ unread_count: 2 });
  });

  test("a merge and the merge the other way round leave one person", async () => {
    const [a, b, c] = [await writer("a"), await writer("b"), await writer("c")];
    const one = await proposeMergeByHand(me, { keptId: a.id, mergedId: b.id });
    const two = await proposeMergeByHand(me, { keptId: b.id, mergedId: c.id });
    const three = await proposeMergeByHand(me, { keptId: c.id, mergedId: a.id });
    const outcomes = await Promise.allSettled([one, two, three].map(({ id }) => acceptMerge(me, id)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const living = await rows<{ id: number }>(
      db,
      `select id from contacts where id in (${a.id}, ${b.id}, ${c.id}) and deleted_at is null`,
    );
    expect(living).toHaveLength(1);
    expect(await unreadOf(living[0]?.id ?? 0)).toMatchObject({ unread_count: 3, message_count: 3 });
  });

  test("a message that arrives is neither lost nor left with the merged person", async () => {
    const [kept, merged] = [await writer("one"), await writer("two")];
    const { id } = await proposeMergeByHand(me, { keptId: kept.id, mergedId: merged.id });
    const bodies = Array.from({ length: 8 }, (_, index) =>
      textBody({ phone: merged.phone, text: `m${index}`, at: at(30 + index) }),
    );
    await Promise.all([acceptMerge(me, id), ...bodies.map((body) => deliver(db, body))]);
    await deliver(db);
    expect(await rows(db, `select id from messages where contact_id = ${merged.id}`)).toEqual([]);
    expect(await unreadOf(kept.id)).toMatchObject({ unread_count: 10, message_count: 10 });
  });
});

describe("proposals", () => {
  test("come from messages that name two people, and once dismissed do not come back", async () => {
    const one = await writer("by phone");
    await deliver(db, textBody({ phone: "", userId: `US.${one.id}`, text: "by user id", id: `wamid.u${one.id}` }));
    const both = (id: string) => textBody({ phone: one.phone, userId: `US.${one.id}`, text: "both", id });
    await deliver(db, both(`wamid.b${one.id}`));
    const found = await listMerges(me, { contactId: one.id, status: "proposed", limit: 10 });
    expect(found.items).toMatchObject([{ status: "proposed", kept: { id: one.id } }]);
    await dismissMerge(me, found.items[0]?.id ?? 0);
    await deliver(db, both(`wamid.c${one.id}`));
    expect((await listMerges(me, { contactId: one.id, status: "proposed", limit: 10 })).items).toEqual([]);
  });

  test("about people of another company are refused", async () => {
    const stranger = ctx(await createCompany());
    const [a, b] = [await createContact(me, { name: "A" }), await createContact(stranger, { name: "B" })];
    await expect(proposeMergeByHand(me, { keptId: a.id, mergedId: b.id })).rejects.toThrow(/not found/i);
    const c = await createContact(me, { name: "C" });
    const { id } = await proposeMergeByHand(me, { keptId: a.id, mergedId: c.id });
    await expect(acceptMerge(stranger, id)).rejects.toThrow(/not found/i);
    await expect(undoMerge(stranger, id)).rejects.toThrow(/not found/i);
  });
});
