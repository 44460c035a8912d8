import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { SuppressedAddress } from "../policy/send-facts.ts";

/** Those of the addresses that take no mail. */
export async function suppressedAmong(ctx: Ctx, addresses: string[]): Promise<SuppressedAddress[]> {
  const rows = await ctx.db.all(selectSuppressed({ companyId: ctx.companyId, addresses }));
  return rows.map(({ since, ...row }) => ({ ...row, since: new Date(since) }));
}

const selectSuppressed = prepared<{ companyId: number; addresses: string[] }>()(
  (_db, arg) => sql<Omit<SuppressedAddress, "since"> & { since: string }>`
    select address, reason, suppressed_at as since from email_suppressions
    where company_id = ${arg("companyId")}::bigint and address = any(${arg("addresses")}::text[]) and suppressed_at is not null`,
);
