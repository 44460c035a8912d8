import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { getImport, listImportRows } from "../../../server/domain/imports/get-import.ts";
import { undoImport } from "../../../server/domain/imports/plan-import.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { createNote } from "../../../server/domain/notes/write-note.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { importRuns } from "./import-run.ts";

const { db, ctx, createCompany } = await testDatabase();
const { work, run } = importRuns(db);

async function company(): Promise<Ctx> {
  return ctx(await createCompany());
}

describe("an undo of rows that speak of one person", () => {
  async function takenBack(me: Ctx, csv: string) {
    const { id } = await run(me, csv, { onDuplicate: "update" });
    await undoImport(me, id);
    await work();
    const { counts } = await getImport(me, id);
    const living = await rows(
      db,
      `select c.name, c.source, c.position from contacts c where c.company_id = ${me.companyId} and c.deleted_at is null`,
    );
    return { counts, living };
  }

  test("gives all earlier values back, not the first row's only", async () => {
    const me = await company();
    await createContact(me, { name: "Bia", phone: "+5511987654321", source: "fair" });
    const csv = "Name,Phone,Source,Position\nBia,+5511987654321,web,\nBia Souza,+5511987654321,,CEO\n";
    const { counts, living } = await takenBack(me, csv);
    expect(counts).toEqual({ updated: 2, undone: 2 });
    expect(living).toEqual([{ name: "Bia", source: "fair", position: null }]);
  });

  test("does so where they are more than a batch apart, and takes whom they made away", async () => {
    const me = await company();
    await createContact(me, { name: "Bia", phone: "+5511987654321", source: "fair" });
    const others = Array.from({ length: 600 }, (_, index) => `P${index},+3460${String(1_000_000 + index)},,`);
    const first = "Bia,+5511987654321,web,VP\nNew,+34600111222,web,";
    const last = "Bia Souza,+5511987654321,ad,CEO\nNew Name,+34600111222,ad,CEO";
    const csv = ["Name,Phone,Source,Position", first, ...others, last].join("\n");
    const { counts, living } = await takenBack(me, csv);
    expect(counts).toEqual({ created: 601, updated: 3, undone: 604 });
    expect(living).toEqual([{ name: "Bia", source: "fair", position: null }]);
  });

  test("leaves all of them where the person was changed since", async () => {
    const me = await company();
    const others = Array.from({ length: 600 }, (_, index) => `P${index},+3460${String(1_000_000 + index)},`);
    const csv = ["Name,Phone,Source", "New,+34600111222,web", ...others, "New Name,+34600111222,ad"].join("\n");
    const { id } = await run(me, csv, { onDuplicate: "update" });
    const [row] = (await listImportRows(me, { importId: id, limit: 1 })).items;
    const contactId = row?.contactId ?? 0;
    await updateContact(me, contactId, { position: "CEO" });
    await undoImport(me, id);
    await work();
    expect((await getImport(me, id)).counts).toEqual({ created: 601, updated: 1, undone: 600, kept: 2 });
    expect(await getContact(me, contactId)).toMatchObject({ name: "New Name", source: "ad", position: "CEO" });
  });
});

describe("an undo of rows that brought deleted people back", () => {
  test("puts them away again, unless they were written to since", async () => {
    const me = await company();
    const ids: number[] = [];
    for (const phone of ["+34600111222", "+34600111223", "+34600111224"]) {
      const { id } = await createContact(me, { name: "Ana", phone, source: "fair" });
      await createNote(me, { contactId: id, body: "From before" });
      await deleteContact(me, id);
      ids.push(id);
    }
    const [same = 0, changed = 0, busy = 0] = ids;
    const csv = "Name,Phone,Source\nAna,+34600111222,fair\nAna,+34600111223,web\nAna,+34600111224,fair\n";
    const done = await run(me, csv);
    expect(done.counts).toEqual({ updated: 3 });
    await createNote(me, { contactId: busy, body: "Called" });
    await undoImport(me, done.id);
    await work();
    expect((await getImport(me, done.id)).counts).toEqual({ updated: 3, undone: 2, kept: 1 });
    for (const id of [same, changed]) await expect(getContact(me, id)).rejects.toThrow(/not found/i);
    expect(await getContact(me, busy)).toMatchObject({ name: "Ana" });
    expect(await rows(db, `select source from contacts where id = ${changed}`)).toEqual([{ source: "fair" }]);
  });
});

describe("an undo of changed people", () => {
  test("moves their open lead back along with them", async () => {
    const me = await company();
    const { id } = await createContact(me, { name: "Ana", phone: "+34600111222" });
    await createLead(me, { contactId: id });
    const done = await run(me, "Name,Phone,Stage\nAna,+34600111222,qualified\n", { onDuplicate: "update" });
    const stagesOf = `select c.stage, l.stage as lead from contacts c join leads l on l.company_id = c.company_id and l.contact_id = c.id
      where c.id = ${id}`;
    expect(await rows(db, stagesOf)).toEqual([{ stage: "qualified", lead: "qualified" }]);
    await undoImport(me, done.id);
    await work();
    expect(await rows(db, stagesOf)).toEqual([{ stage: "new", lead: "new" }]);
  });

  test("lets go of the numbers and addresses that it gave them", async () => {
    const me = await company();
    const { id } = await createContact(me, { name: "Ana", email: "ana@example.com", phone: "+34600111222" });
    const csv = "Name,Phone,Email\nAna,+34600111333,ana@example.com\nAna,+34600111222,new@example.com\n";
    const done = await run(me, csv, { onDuplicate: "update" });
    expect(await namesOfPerson(id)).toEqual(["+34600111222", "+34600111333", "ana@example.com", "new@example.com"]);
    await undoImport(me, done.id);
    await work();
    expect(await namesOfPerson(id)).toEqual(["+34600111222", "ana@example.com"]);
    expect(await getContact(me, id)).toMatchObject({ phone: "+34600111222", email: "ana@example.com" });
    await createContact(me, { name: "Somebody else", phone: "+34600111333", email: "new@example.com" });
  });

  test("leaves a number with them by which they wrote since", async () => {
    const me = await company();
    const { id } = await createContact(me, { name: "Ana", email: "ana@example.com" });
    const done = await run(me, "Name,Phone,Email\nAna,+34600111333,ana@example.com\n", { onDuplicate: "update" });
    await rows(
      db,
      `insert into contact_identities (company_id, kind, value, contact_id)
      values (${me.companyId}, 'wa_id', '34600111333', ${id}) returning value`,
    );
    await undoImport(me, done.id);
    await work();
    expect(await namesOfPerson(id)).toEqual(["+34600111333", "ana@example.com"]);
  });

  async function namesOfPerson(id: number): Promise<string[]> {
    const found = await rows<{ raw: string }>(
      db,
      `select raw from contact_identities where contact_id = ${id} and kind in ('phone', 'email') order by raw`,
    );
    return found.map(({ raw }) => raw);
  }
});

test("a mail that waits for an address of the import does not leave after its undo", async () => {
  const me = await company();
  const { id: contactId } = await createContact(me, { name: "Ana", phone: "+34600111333" });
  const { id } = await run(me, "Name,Phone,Email\nAna,+34600111333,ana@example.test", { onDuplicate: "update" });
  const mail = await sendEmail(me, { contactId, subject: "Hello", body: "Are you there?" });
  await undoImport(me, id);
  await work();
  const waiting = await rows(
    db,
    `select expires_at <= now() as ended from outbound_sends where message_id = ${mail.messageId}`,
  );
  expect(waiting).toEqual([{ ended: true }]);
});
