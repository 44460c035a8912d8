import { sql } from "kysely";
import { jsonOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { listCustomFields } from "../custom-fields/list-custom-fields.ts";
import { invalid } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { decodeUpload } from "./decode-upload.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { getImport } from "./get-import.ts";
import { headerNames, mostColumns } from "./header-names.ts";
import type { Import } from "./import.ts";
import { readCsv } from "./read-csv.ts";
import { suggestMapping } from "./suggest-mapping.ts";

const mostRows = 200_000;
const insertedAtOnce = 1_000;

export type Upload = { filename?: string } & ({ file: Buffer } | { header: string[]; rows: string[][] });

/** Keeps an upload as rows of cells, with a guess what its columns are. Nothing is imported before somebody starts it. */
export async function createImport(ctx: Ctx, upload: Upload): Promise<Import> {
  requireWholeReach(ctx);
  const source =
    "file" in upload ? csvSource(upload.file) : { records: listed(upload), delimiter: null, encoding: null };
  return ctx.transact(async (tx) => {
    const first = await source.records.next();
    if (first.done || first.value.length === 0) throw invalid("body", "The file is empty.");
    if (first.value.length > mostColumns) throw invalid("body", `A file can have ${mostColumns} columns at most.`);
    const header = headerNames(first.value);
    const { mapping } = suggestMapping(header, await listCustomFields(tx, "contact"));
    const { delimiter, encoding } = source;
    const id = await insert(tx, { filename: upload.filename ?? null, delimiter, encoding, header, mapping });
    await storeRows(tx, id, source.records);
    await recordEvent(tx, {
      type: "import.uploaded",
      subject: { kind: "import", id },
      data: { filename: upload.filename ?? null },
    });
    return getImport(tx, id);
  });
}

function csvSource(file: Buffer) {
  const { text, encoding } = decodeUpload(file);
  const { delimiter, body } = detectDelimiter(text);
  return { records: readCsv(body, delimiter), delimiter, encoding };
}

async function* listed({ header, rows }: { header: string[]; rows: string[][] }): AsyncGenerator<string[]> {
  yield header;
  yield* rows;
}

async function storeRows(tx: TxCtx, importId: number, records: AsyncGenerator<string[]>): Promise<void> {
  let rowCount = 0;
  let batch: string[][] = [];
  const flush = async () => {
    const args = { companyId: tx.companyId, importId, after: rowCount - batch.length, rows: JSON.stringify(batch) };
    if (batch.length > 0) await tx.tx.run(insertRows(args));
    batch = [];
  };
  for await (const record of records) {
    rowCount += 1;
    if (rowCount > mostRows) throw invalid("body", `A file can have ${mostRows} rows at most; divide it.`);
    batch.push(record);
    if (batch.length === insertedAtOnce) await flush();
  }
  await flush();
  await tx.tx.run(writeRowCount({ companyId: tx.companyId, importId, rowCount }));
}

type Head = {
  filename: string | null;
  delimiter: string | null;
  encoding: string | null;
  header: string[];
  mapping: (string | null)[];
};

async function insert(tx: TxCtx, { header, mapping, ...head }: Head): Promise<number> {
  const row = await tx.tx.first(
    insertImport({
      ...head,
      companyId: tx.companyId,
      header: JSON.stringify(header),
      mapping: JSON.stringify(mapping),
      actor: JSON.stringify(jsonOf(tx.actor)),
      createdBy: actingUserId(tx),
      now: tx.now().toISOString(),
    }),
  );
  if (!row) throw new Error("an insert gave no row");
  return row.id;
}

type InsertArgs = Omit<Head, "header" | "mapping"> & {
  companyId: number;
  header: string;
  mapping: string;
  actor: string;
  createdBy: number | null;
  now: string;
};

const insertImport = prepared<InsertArgs>()(
  (_db, arg) => sql<{ id: number }>`
    insert into imports (company_id, entity, filename, delimiter, encoding, header, mapping, actor, created_by, created_at)
    values (${arg("companyId")}::bigint, 'contact', ${arg("filename")}::text, ${arg("delimiter")}::text, ${arg("encoding")}::text,
      ${arg("header")}::jsonb, ${arg("mapping")}::jsonb, ${arg("actor")}::jsonb, ${arg("createdBy")}::bigint, ${arg("now")}::timestamptz)
    returning id`,
);

const insertRows = prepared<{ companyId: number; importId: number; after: number; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into import_rows (company_id, import_id, row_number, input)
    select ${arg("companyId")}::bigint, ${arg("importId")}::bigint, ${arg("after")}::int + e.place, e.value
    from jsonb_array_elements(${arg("rows")}::jsonb) with ordinality as e (value, place)`,
);

const writeRowCount = prepared<{ companyId: number; importId: number; rowCount: number }>()(
  (_db, arg) => sql<never>`
    update imports set row_count = ${arg("rowCount")}::int
    where company_id = ${arg("companyId")}::bigint and id = ${arg("importId")}::bigint`,
);
