import type { JsonObject } from "../../../shared/json.ts";
import { companyPlace } from "../contacts/company-place.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { listCustomFields } from "../custom-fields/list-custom-fields.ts";
import { finishImport, noteResults } from "./claim-import.ts";
import { createImport } from "./create-import.ts";
import type { Mapping } from "./import-fields.ts";
import { importPeople, type OnDuplicate, type PersonResult } from "./import-people.ts";
import { startImport } from "./plan-import.ts";
import { type ReadingPlace, readPerson } from "./read-person.ts";

export type ContactImport = {
  rows: string[][];
  mapping: Mapping;
  onDuplicate: OnDuplicate;
  /** Stands in the journal beside each new person. */
  data?: JsonObject;
};

/**
 * Rows of a request become people at once; a result for each row, in their order. Rows that cannot be read stop nobody else. Kept as a
 * finished import, so that it can be looked up and taken back. All in one batch, however many: a second one of the same transaction
 * would lock its names out of order.
 */
export async function importContacts(
  ctx: Ctx,
  { header, rows, mapping, onDuplicate }: Omit<ContactImport, "data"> & { header: string[] },
): Promise<{ importId: number; results: PersonResult[] }> {
  return ctx.transact(async (tx) => {
    const { id } = await createImport(tx, { header, rows });
    await startImport(tx, id, { mapping, onDuplicate });
    const results = await importRows(tx, { rows, mapping, onDuplicate, data: { import_id: id } });
    const noted = results.map((result, index) => ({ ...result, rowNumber: index + 1 }));
    await noteResults(tx, { id }, noted);
    await finishImport(tx, id, "finished");
    return { importId: id, results };
  });
}

/** One batch, in the transaction of the caller, whose only one it is. */
export async function importRows(
  tx: TxCtx,
  { rows, mapping, onDuplicate, data }: ContactImport,
): Promise<PersonResult[]> {
  const place = await readingPlace(tx);
  const read = rows.map((cells) => readPerson(cells, mapping, place));
  const people = read.flatMap((row) => ("person" in row ? [row.person] : []));
  const done = (await importPeople(tx, { people, onDuplicate, data: data ?? {} })).values();
  return read.map((row): PersonResult => {
    if ("refusal" in row) return { result: "failed", reason: row.refusal, contactId: null, undo: null };
    return done.next().value ?? { result: "failed", reason: "The row was not written.", contactId: null, undo: null };
  });
}

export async function readingPlace(ctx: Ctx): Promise<ReadingPlace> {
  return { ...(await companyPlace(ctx)), custom: await listCustomFields(ctx, "contact") };
}
