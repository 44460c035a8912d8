import { describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/connection.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { type Ctx, createCtx } from "../../../server/domain/context.ts";
import { checkImport } from "../../../server/domain/imports/check-import.ts";
import { createImport } from "../../../server/domain/imports/create-import.ts";
import { errorFile } from "../../../server/domain/imports/error-file.ts";
import { getImport, listImportRows } from "../../../server/domain/imports/get-import.ts";
import { importContacts } from "../../../server/domain/imports/import-contacts.ts";
import type { Mapping } from "../../../server/domain/imports/import-fields.ts";
import { importStep } from "../../../server/domain/imports/import-step.ts";
import { planImport, startImport, undoImport } from "../../../server/domain/imports/plan-import.ts";
import { createNote } from "../../../server/domain/notes/write-note.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { importRuns } from "./import-run.ts";

const { db, ctx, createCompany } = await testDatabase();
const { work, run } = importRuns(db);

async function company(): Promise<Ctx> {
  return ctx(await createCompany());
}

const people = [
  "First Name,Last Name,Phone,Email,Company,Tags,Stage",
  "Ana,García,+34600111222,ana@acme.example,Acme,VIP;Fair,qualified",
  "Ben,Ott,+4915112345678,,Acme,,",
  "Cleo,,,cleo@example.test,,VIP,",
  "Dora,Nameless,,,Zeta,,",
].join("\n");

describe("an import", () => {
  test("makes people with their organization, tags and leads", async () => {
    const me = await company();
    const done = await run(me, people);
    expect(done).toMatchObject({ state: "finished", rowCount: 4, counts: { created: 4 } });
    const found = await rows(
      db,
      `select c.name, c.phone, c.country, c.email, o.name as company, c.stage, c.search_text from contacts c
       left join organizations o on o.company_id = c.company_id and o.id = c.organization_id where c.company_id = ${me.companyId} order by c.id`,
    );
    expect(found).toMatchObject([
      {
        name: "Ana García",
        phone: "+34600111222",
        country: "ES",
        email: "ana@acme.example",
        company: "Acme",
        stage: "qualified",
      },
      { name: "Ben Ott", country: "DE", company: "Acme", stage: "new" },
      { name: "Cleo", email: "cleo@example.test", company: null },
      { name: "Dora Nameless", company: "Zeta" },
    ]);
    expect(await count(db, `contact_tags where company_id = ${me.companyId}`)).toBe(3);
    expect(await count(db, `leads where company_id = ${me.companyId}`)).toBe(1);
    expect(await count(db, `organizations where company_id = ${me.companyId}`)).toBe(2);
    expect(await count(db, `contact_identities where company_id = ${me.companyId}`)).toBe(4);
  });

  test("repeated changes nothing, whatever is done with people who exist", async () => {
    const me = await company();
    await run(me, people);
    const state = () =>
      rows(db, `select id, version, updated_at from contacts where company_id = ${me.companyId} order by id`);
    const before = await state();
    expect((await run(me, people)).counts).toEqual({ skipped: 4 });
    expect((await run(me, people, { onDuplicate: "update" })).counts).toEqual({ unchanged: 4 });
    expect((await run(me, people, { onDuplicate: "create" })).counts).toEqual({ failed: 4 });
    expect(await state()).toEqual(before);
  });

  test("updates people it knows by any spelling of their phone", async () => {
    const me = await company();
    const known = await createContact(me, { name: "Bia", phone: "+5511987654321" });
    const csv = "Name,Phone,Title\nBia Souza,+551187654321,CEO\n";
    expect((await run(me, csv, { onDuplicate: "update" })).counts).toEqual({ updated: 1 });
    expect(await getContact(me, known.id)).toMatchObject({ name: "Bia Souza", position: "CEO" });
  });

  test("takes two rows with one phone for one person", async () => {
    const me = await company();
    const csv = "Name,Phone,Title\nAna,+34600111222,\nAna G.,+34 600 111 222,CFO\n";
    expect((await run(me, csv)).counts).toEqual({ created: 1, skipped: 1 });
    const other = await company();
    expect((await run(other, csv, { onDuplicate: "update" })).counts).toEqual({ created: 1, updated: 1 });
    expect(await count(db, `contacts where company_id = ${other.companyId}`)).toBe(1);
  });

  test("says of each row what became of it and gives the failed ones back, guarded against formulas", async () => {
    const me = await company();
    const csv = 'Name,Phone,Extra\nAna,9.19877E+11,"=cmd(""x"")"\nBen,+4915112345678,\n,,-1+2\n';
    const done = await run(me, csv);
    expect(done.counts).toEqual({ created: 1, failed: 2 });
    const { items } = await listImportRows(me, { importId: done.id, limit: 10 });
    expect(items.map(({ rowNumber, result }) => [rowNumber, result])).toEqual([
      [1, "failed"],
      [2, "created"],
      [3, "failed"],
    ]);
    const file = (await Array.fromAsync(errorFile(me, done.id))).join("");
    expect(file.startsWith("\ufeffName,Phone,Extra,reason\r\n")).toBe(true);
    expect(file).toContain('"\'=cmd(""x"")"');
    expect(file).toContain("'-1+2");
    expect(file).toMatch(/shortened by a spreadsheet/);
  });

  test("speaks of two people at once in no row", async () => {
    const me = await company();
    await createContact(me, { name: "One", phone: "+34600111222" });
    await createContact(me, { name: "Two", email: "two@example.test" });
    const done = await run(me, "Name,Phone,Email\nBoth,+34600111222,two@example.test\n", { onDuplicate: "update" });
    const { items } = await listImportRows(me, { importId: done.id, limit: 10 });
    expect(items).toMatchObject([{ result: "failed", reason: expect.stringMatching(/at once/) }]);
  });

  test("brings a deleted person back", async () => {
    const me = await company();
    const { id } = await createContact(me, { name: "Old", phone: "+34600111222" });
    await deleteContact(me, id);
    expect((await run(me, "Name,Phone\nNew,+34600111222\n")).counts).toEqual({ updated: 1 });
    expect(await getContact(me, id)).toMatchObject({ name: "New" });
  });

  test("is tried without being done", async () => {
    const me = await company();
    const { id } = await createImport(me, { file: Buffer.from(`${people}\nEve,,12,,,,\n`) });
    expect(await checkImport(me, id)).toMatchObject({
      checkedRows: 5,
      counts: { created: 4, failed: 1 },
      failures: [{ rowNumber: 5, reason: expect.stringMatching(/not a phone number/) }],
    });
    expect(await count(db, `contacts where company_id = ${me.companyId}`)).toBe(0);
    expect(await count(db, `organizations where company_id = ${me.companyId}`)).toBe(0);
    expect(await getImport(me, id)).toMatchObject({ state: "uploaded", counts: {} });
  });
});

describe("an import's undo", () => {
  test("takes people away and gives earlier values back", async () => {
    const me = await company();
    const known = await createContact(me, { name: "Bia", phone: "+5511987654321", source: "fair" });
    const csv = "Name,Phone,Source,Tags\nBia Souza,+5511987654321,web,VIP\nNew,+34600111222,web,VIP\n";
    const done = await run(me, csv, { onDuplicate: "update" });
    expect(done.counts).toEqual({ created: 1, updated: 1 });
    await undoImport(me, done.id);
    await work();
    expect(await getImport(me, done.id)).toMatchObject({
      state: "undone",
      counts: { created: 1, updated: 1, undone: 2 },
    });
    expect(await getContact(me, known.id)).toMatchObject({ name: "Bia", source: "fair", company: null });
    expect(await count(db, `contacts where company_id = ${me.companyId} and deleted_at is null`)).toBe(1);
    expect(await count(db, `contact_tags where company_id = ${me.companyId} and contact_id = ${known.id}`)).toBe(0);
    const found = await rows(db, `select search_text from contact_search where company_id = ${me.companyId}`);
    expect(found).toEqual([{ search_text: expect.stringMatching(/^bia 5/) }]);
    await expect(undoImport(me, done.id)).rejects.toThrow(/is undone/);
  });

  test("leaves whom somebody has worked with since, and says why", async () => {
    const me = await company();
    const done = await run(me, "Name,Phone\nAna,+34600111222\nBen,+34600111223\nCleo,+34600111224\n");
    const { items } = await listImportRows(me, { importId: done.id, limit: 10 });
    const [ana = 0, ben = 0] = items.map(({ contactId }) => contactId ?? 0);
    await updateContact(me, ana, { position: "CEO" });
    await createNote(me, { contactId: ben, body: "Called" });
    await undoImport(me, done.id);
    await work();
    const after = await listImportRows(me, { importId: done.id, limit: 10 });
    expect(after.items.map(({ result, reason }) => [result, reason])).toEqual([
      ["kept", "The person was changed since."],
      ["kept", "The person has conversations, deals or notes by now."],
      ["undone", null],
    ]);
  });
});

describe("a large import", () => {
  const csv = [
    "Name,Phone",
    ...Array.from({ length: 1_203 }, (_, index) => `P${index},+3460${String(1_000_000 + index)}`),
  ].join("\n");

  test("goes on where a worker died, and two workers do each row once", async () => {
    const me = await company();
    const { id } = await createImport(me, { file: Buffer.from(csv) });
    await startImport(me, id);
    expect(await importStep(db)).toBe(true);
    expect(await getImport(me, id)).toMatchObject({ state: "running", lastRow: 500, counts: { created: 500 } });
    // A worker that dies has its transaction taken back.
    await expect(
      db.transaction(async (queries) => {
        await importStep({ ...db, transaction: (each) => each(queries) });
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    expect(await getImport(me, id)).toMatchObject({ lastRow: 500 });
    await Promise.all([work(), work(), work()]);
    expect(await getImport(me, id)).toMatchObject({ state: "finished", lastRow: 1_203, counts: { created: 1_203 } });
    expect(await count(db, `contacts where company_id = ${me.companyId}`)).toBe(1_203);
  });
});

describe("planning", () => {
  test("refuses columns that are none, and a second start", async () => {
    const me = await company();
    const { id } = await createImport(me, { header: ["A", "B"], rows: [["Ana", "x"]] });
    await expect(planImport(me, id, { mapping: ["name"] })).rejects.toThrow(/each of the 2 columns/);
    await expect(planImport(me, id, { mapping: ["name", "password"] })).rejects.toThrow(/not a field/);
    await expect(planImport(me, id, { mapping: ["name", "custom.nothing"] })).rejects.toThrow(/not a field/);
    await expect(startImport(me, id)).rejects.toThrow(/at least one column/);
    await planImport(me, id, { mapping: ["name", null] });
    await startImport(me, id);
    await expect(startImport(me, id)).rejects.toThrow(/running already/);
    await work();
    await expect(undoImport(ctx(await createCompany()), id)).rejects.toThrow(/not found/i);
  });
});

describe("rows without a file", () => {
  test("are imported at once, a result for each", async () => {
    const me = await company();
    const { importId, results } = await importContacts(me, {
      header: ["Who", "Number"],
      rows: [
        ["Ana", "+34600111222"],
        ["", ""],
        ["Ben", "x"],
      ],
      mapping: ["name", "phone"],
      onDuplicate: "skip",
    });
    expect(results.map(({ result }) => result)).toEqual(["created", "failed", "failed"]);
    const kept = await getImport(me, importId);
    expect(kept).toMatchObject({ state: "finished", header: ["Who", "Number"], lastRow: 3 });
    expect(kept.counts).toEqual({ created: 1, failed: 2 });
    const told = await rows<{ type: string }>(
      db,
      `select type from events where company_id = ${me.companyId} and type like 'import.%' order by id`,
    );
    expect(told.map(({ type }) => type)).toEqual(["import.uploaded", "import.started", "import.finished"]);
  });

  test("are refused where no column has a meaning, and not kept", async () => {
    const me = await company();
    const upload = { header: ["A"], rows: [["Ana"]], mapping: [null], onDuplicate: "skip" as const };
    await expect(importContacts(me, upload)).rejects.toThrow(/at least one column/);
    expect(await count(db, `imports where company_id = ${me.companyId}`)).toBe(0);
  });

  test("with halves in each other's order are imported twice at once without a deadlock", async () => {
    const me = await company();
    const people = Array.from({ length: 1_000 }, (_, index) => [`P${index}`, `+3460${String(2_000_000 + index)}`]);
    const swapped = [...people.slice(500), ...people.slice(0, 500)];
    const mapping: Mapping = ["name", "phone"];
    const plan = { header: ["Name", "Phone"], mapping, onDuplicate: "skip" as const };
    // A transaction that met a deadlock is begun again.
    let begun = 0;
    const counting: Db = {
      ...db,
      transaction: (work, options) =>
        db.transaction((queries) => {
          begun += 1;
          return work(queries);
        }, options),
    };
    const counted = createCtx({ db: counting, companyId: me.companyId, actor: me.actor });
    const done = await Promise.all([people, swapped].map((rows) => importContacts(counted, { ...plan, rows })));
    expect(begun).toBe(2);
    const results = done.flatMap((each) => each.results.map(({ result }) => result));
    expect(results.filter((result) => result === "created")).toHaveLength(1_000);
    expect(results.filter((result) => result === "skipped")).toHaveLength(1_000);
  });
});
