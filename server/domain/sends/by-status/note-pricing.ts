import { sql } from "kysely";
import type { Json } from "../../../../shared/json.ts";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";

/** Keeps what the vendor says it bills for a message, in its own words; the first word stands. */
export async function notePricing(tx: TxCtx, told: { sendId: number; pricing: Json }[]): Promise<void> {
  const rows = told.filter(({ pricing }) => pricing !== null).map(({ sendId, pricing }) => ({ id: sendId, pricing }));
  if (rows.length > 0) await tx.tx.run(writePricing({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
}

const writePricing = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    update outbound_sends s set pricing = r.pricing
    from (select distinct on (id) id, pricing from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, pricing jsonb)) r
    where s.company_id = ${arg("companyId")}::bigint and s.id = r.id and s.pricing is null`,
);
