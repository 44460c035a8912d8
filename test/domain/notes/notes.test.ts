import { describe, expect, test } from "vitest";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { getNote } from "../../../server/domain/notes/get-note.ts";
import { listNotes } from "../../../server/domain/notes/list-notes.ts";
import { createNote, deleteNote, updateNote } from "../../../server/domain/notes/write-note.ts";
import { personIn } from "../../factories/people.ts";
import { eventTypes } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function person() {
  const company = ctx(await createCompany());
  return { company, contactId: await personIn(db, company.companyId) };
}

describe("notes", () => {
  test("are written, changed, listed and deleted", async () => {
    const { company, contactId } = await person();
    const note = await createNote(company, { contactId, body: "Prefers mornings" });
    expect(await updateNote(company, note.id, { body: "Prefers evenings" })).toMatchObject({
      body: "Prefers evenings",
      version: 2,
    });
    expect((await listNotes(company, { contactId, limit: 10 })).items).toHaveLength(1);
    await deleteNote(company, note.id);
    expect((await listNotes(company, { contactId, limit: 10 })).items).toEqual([]);
    await expect(getNote(company, note.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    expect(await eventTypes(db, company.companyId)).toEqual(["note.created", "note.updated", "note.deleted"]);
  });

  test("on a deal are on its person too", async () => {
    const { company, contactId } = await person();
    const deal = await createDeal(company, { contactId, title: "a" });
    expect(await createNote(company, { dealId: deal.id, body: "b" })).toMatchObject({ contactId, dealId: deal.id });
    expect((await listNotes(company, { dealId: deal.id, limit: 10 })).items).toHaveLength(1);
  });

  test("let one of two pass who both edit version 1", async () => {
    const { company, contactId } = await person();
    const note = await createNote(company, { contactId, body: "a" });
    const edits = ["b", "c"].map((body) => updateNote(company, note.id, { body }, { ifVersion: 1 }));
    const results = await Promise.allSettled(edits);
    expect(results.map((result) => result.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await getNote(company, note.id)).toMatchObject({ version: 2 });
  });

  test("need a subject and a text", async () => {
    const { company, contactId } = await person();
    await expect(createNote(company, { body: "a" })).rejects.toMatchObject({ refusal: { kind: "invalid" } });
    await expect(createNote(company, { contactId, body: " \n" })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    await expect(createNote(company, { organizationId: 999_999, body: "a" })).rejects.toMatchObject({
      refusal: { kind: "not_found", entity: "organization" },
    });
  });

  test("guard their version and belong to their company", async () => {
    const { company, contactId } = await person();
    const note = await createNote(company, { contactId, body: "a" });
    await expect(updateNote(company, note.id, { body: "b" }, { ifVersion: 2 })).rejects.toMatchObject({
      refusal: { kind: "precondition_failed" },
    });
    const stranger = ctx(await createCompany());
    await expect(updateNote(stranger, note.id, { body: "b" })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
    await expect(deleteNote(stranger, note.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(createNote(stranger, { contactId, body: "b" })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
  });
});
