import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { type Import, importColumns, type RowResult } from "./import.ts";

export async function getImport(ctx: Ctx, id: number): Promise<Import> {
  requireWholeReach(ctx);
  const found = await ctx.db.first(importById({ companyId: ctx.companyId, id }));
  if (!found) throw notFound("import", id);
  return found;
}

/** Newest first. */
export async function listImports(ctx: Ctx, query: { limit: number; cursor?: number }): Promise<Page<Import, number>> {
  requireWholeReach(ctx);
  const { limit, cursor = Number.MAX_SAFE_INTEGER } = query;
  const rows = await ctx.db.all(imports({ companyId: ctx.companyId, cursor, count: limit + 1 }));
  return pageOf(rows, limit, ({ id }) => id);
}

export type ImportRow = {
  rowNumber: number;
  cells: string[];
  result: RowResult | null;
  reason: string | null;
  contactId: number | null;
};

export type RowQuery = { importId: number; result?: RowResult; limit: number; cursor?: number };

/** The rows of an import with what became of each, in the order of the file. */
export async function listImportRows(ctx: Ctx, query: RowQuery): Promise<Page<ImportRow, number>> {
  requireWholeReach(ctx);
  const { importId, result = null, limit, cursor = 0 } = query;
  const rows = await ctx.db.slow.all(
    importRows({ companyId: ctx.companyId, importId, result, cursor, count: limit + 1 }),
  );
  return pageOf(rows, limit, ({ rowNumber }) => rowNumber);
}

const importById = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<Import>`
    select ${importColumns} from imports i where i.company_id = ${arg("companyId")}::bigint and i.id = ${arg("id")}::bigint`,
);

const imports = prepared<{ companyId: number; cursor: number; count: number }>()(
  (_db, arg) => sql<Import>`
    select ${importColumns} from imports i
    where i.company_id = ${arg("companyId")}::bigint and i.id < ${arg("cursor")}::bigint
    order by i.id desc limit ${arg("count")}::int`,
);

type RowArgs = { companyId: number; importId: number; result: RowResult | null; cursor: number; count: number };

const importRows = prepared<RowArgs>()(
  (_db, arg) => sql<ImportRow>`
    select row_number as "rowNumber", input as cells, result, reason, subject_id as "contactId" from import_rows
    where company_id = ${arg("companyId")}::bigint and import_id = ${arg("importId")}::bigint and row_number > ${arg("cursor")}::int
      and (${arg("result")}::text is null or result = ${arg("result")}::text)
    order by row_number limit ${arg("count")}::int`,
);
