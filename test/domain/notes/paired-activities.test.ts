import { describe, expect, test } from "vitest";
import { deleteActivity, restoreActivity } from "../../../server/domain/activities/delete-activity.ts";
import { getActivity } from "../../../server/domain/activities/get-activity.ts";
import { listActivities } from "../../../server/domain/activities/list-activities.ts";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { updateActivity } from "../../../server/domain/activities/update-activity.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { acceptMerge } from "../../../server/domain/merges/accept-merge.ts";
import { proposeMergeByHand } from "../../../server/domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../server/domain/merges/undo-merge.ts";
import { getNote } from "../../../server/domain/notes/get-note.ts";
import { listNotes } from "../../../server/domain/notes/list-notes.ts";
import { createNote, deleteNote, restoreNote, updateNote } from "../../../server/domain/notes/write-note.ts";
import { createOrganization } from "../../../server/domain/organizations/create-organization.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes } from "../../factories/rows.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function person() {
  const company = ctx(await createCompany());
  const contactId = await personIn(db, company.companyId);
  const activities = async () => (await listActivities(company, { contactId, limit: 10 })).items;
  return { company, contactId, activities };
}

describe("a note on a person", () => {
  test("is an activity too, in one act", async () => {
    const { company, contactId, activities } = await person();
    const note = await createNote(company, { contactId, title: "Preferences", body: "Mornings,\nplease" });
    expect(await activities()).toMatchObject([
      { activityType: "note", title: "Preferences", description: "Mornings,\nplease", noteId: note.id },
    ]);
    expect(await eventTypes(db, company.companyId)).toEqual(["note.created"]);
  });

  test("without a title is its own where it is short, else begins with it", async () => {
    const { company, contactId, activities } = await person();
    await createNote(company, { contactId, body: "Likes tea" });
    await createNote(company, { contactId, body: `${"x".repeat(150)}\nand more` });
    const [long, short] = await activities();
    expect(short).toMatchObject({ title: "Likes tea", description: null });
    expect(long).toMatchObject({ title: `${"x".repeat(99)}…`, description: `${"x".repeat(150)}\nand more` });
    // What the activity shows as a title is none of the note's.
    await updateActivity(company, long?.id ?? 0, { description: "shorter now\nstill two lines" });
    expect(await getNote(company, long?.noteId ?? 0)).toMatchObject({ body: "shorter now\nstill two lines" });
  });

  test("takes its activity along when it is edited, deleted and restored", async () => {
    const { company, contactId, activities } = await person();
    const { id } = await createNote(company, { contactId, body: "a" });
    await updateNote(company, id, { title: "T", body: "can I get a demo?" });
    const [activity] = await activities();
    expect(activity).toMatchObject({ title: "T", description: "can I get a demo?", version: 2 });
    expect(activity?.intents).toContain("demo");
    await deleteNote(company, id);
    expect(await activities()).toEqual([]);
    await restoreNote(company, id);
    expect(await activities()).toMatchObject([{ title: "T", noteId: id }]);
  });

  test("of a lead stands on lead and person", async () => {
    const { company, contactId, activities } = await person();
    const lead = await createLead(company, { contactId });
    const note = await createNote(company, { leadId: lead.id, body: "a" });
    expect(note).toMatchObject({ contactId, leadId: lead.id });
    expect(await activities()).toMatchObject([{ leadId: lead.id, noteId: note.id }]);
    expect((await listNotes(company, { leadId: lead.id, limit: 10 })).items).toHaveLength(1);
  });

  test("that is about an organization alone has none", async () => {
    const { company } = await person();
    const { id } = await createOrganization(company, { name: "Acme" });
    const note = await createNote(company, { organizationId: id, body: "a" });
    expect(await rows(db, `select 1 from activities where company_id = ${company.companyId}`)).toEqual([]);
    await deleteNote(company, note.id);
  });
});

describe("an activity of type note", () => {
  test("makes its note, at its time, in one act", async () => {
    const { company, contactId } = await person();
    const occurredAt = "2026-01-02T03:04:05Z";
    const fields = { contactId, activityType: "note", title: "Budget", description: "50k", occurredAt } as const;
    const activity = await logActivity(company, fields);
    expect(activity).toMatchObject({ title: "Budget", description: "50k", occurredAt, noteId: expect.any(Number) });
    const notes = (await listNotes(company, { contactId, limit: 10 })).items;
    expect(notes).toMatchObject([{ title: "Budget", body: "50k", createdAt: occurredAt }]);
    expect(await eventTypes(db, company.companyId)).toEqual(["note.created"]);
  });

  test("takes its note along when it is edited, deleted and restored", async () => {
    const { company, contactId } = await person();
    const { id, noteId } = await logActivity(company, { contactId, activityType: "note", title: "a" });
    const edited = await updateActivity(company, id, { title: "b", description: "c", outcome: "neutral" });
    expect(edited).toMatchObject({ title: "b", description: "c", outcome: "neutral" });
    expect(await getNote(company, noteId ?? 0)).toMatchObject({ title: "b", body: "c" });
    await deleteActivity(company, id);
    await expect(getNote(company, noteId ?? 0)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await restoreActivity(company, id);
    expect(await getNote(company, noteId ?? 0)).toMatchObject({ body: "c" });
    expect(await getActivity(company, id)).toMatchObject({ noteId });
  });

  test("may become a call and a note again", async () => {
    const { company, contactId } = await person();
    const { id, noteId } = await logActivity(company, { contactId, activityType: "note", title: "a" });
    expect(await updateActivity(company, id, { activityType: "call" })).toMatchObject({ noteId: null });
    await expect(getNote(company, noteId ?? 0)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    const again = await updateActivity(company, id, { activityType: "note" });
    expect(await getNote(company, again.noteId ?? 0)).toMatchObject({ body: "a" });
  });

  test("edited on both sides at once loses neither edit nor its pair", async () => {
    const { company, contactId } = await person();
    const { id, noteId } = await logActivity(company, { contactId, activityType: "note", title: "a" });
    const edits = Array.from({ length: 10 }, (_, turn) => [
      updateActivity(company, id, { title: `activity ${turn}` }),
      updateNote(company, noteId ?? 0, { body: `note ${turn}` }),
    ]).flat();
    const results = await Promise.allSettled(edits);
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
    expect((await getNote(company, noteId ?? 0)).body).toBe((await getActivity(company, id)).title);
  });
});

describe("a merge", () => {
  test("moves a note with its activity, and back", async () => {
    const { company, contactId: keptId } = await person();
    const mergedId = await personIn(db, company.companyId, { name: "Ana again" });
    await createNote(company, { contactId: mergedId, body: "a" });
    const owners = () =>
      rows(
        db,
        `select n.contact_id as note, a.contact_id as activity from notes n join activities a on a.company_id = n.company_id and a.note_id = n.id
         where n.company_id = ${company.companyId}`,
      );
    const { id } = await proposeMergeByHand(company, { keptId, mergedId });
    await acceptMerge(company, id);
    expect(await owners()).toEqual([{ note: keptId, activity: keptId }]);
    await undoMerge(company, id);
    expect(await owners()).toEqual([{ note: mergedId, activity: mergedId }]);
  });
});

describe("mentions", () => {
  async function team() {
    const { company, contactId } = await person();
    const member = async (firstName: string, lastName: string, email: string) => {
      const id = await memberOf(db, company.companyId, "salesperson");
      await rows(
        db,
        `update users set first_name = '${firstName}', last_name = '${lastName}', email = '${company.companyId}${email}' where id = ${id}`,
      );
      return id;
    };
    const ana = await member("Ana", "López", "ana@example.test");
    const maria = await member("Ana", "Maria", "maria@example.test");
    const bo = await member("Bo", "Berg", "bo.berg@example.test");
    return { company, contactId, ana, maria, bo };
  }

  test("name members by name, first name and address, whatever the accents and case", async () => {
    const { company, contactId, ana, maria, bo } = await team();
    const mentioned = async (body: string) => (await createNote(company, { contactId, body })).mentions;
    expect(await mentioned("@ana lopez, please call; @Bo.")).toEqual([ana, bo].toSorted((a, b) => a - b));
    expect(await mentioned(`to @${company.companyId}maria@example.test!`)).toEqual([maria]);
    // Two are called Ana; an address is no mention, nor is the beginning of a longer name.
    expect(await mentioned("@Ana see bo@example.test and @Bobby")).toEqual([]);
  });

  test("may be given beside the text, stay when the text changes, and are told once", async () => {
    const { company, contactId, ana, bo } = await team();
    const { id, mentions } = await createNote(company, { contactId, body: "@Bo look", mentions: [ana] });
    expect(mentions).toEqual([ana, bo].toSorted((a, b) => a - b));
    expect((await updateNote(company, id, { body: "look" })).mentions).toEqual([ana]);
    await updateNote(company, id, { body: "@Bo again" });
    const told = (await eventsIn(db, company.companyId)).map(({ data }) => data);
    expect(told).toMatchObject([
      { mentions: [ana, bo].toSorted((a, b) => a - b) },
      { mentions: [] },
      { mentions: [bo] },
    ]);
  });

  test("are members of the company", async () => {
    const { company, contactId } = await team();
    const stranger = await team();
    await expect(createNote(company, { contactId, body: "a", mentions: [stranger.ana] })).rejects.toMatchObject({
      refusal: { kind: "invalid", problems: [{ path: "mentions" }] },
    });
  });
});
