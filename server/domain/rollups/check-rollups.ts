import { sql } from "kysely";
import type { Db, Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** Where the counts that are kept differ from a recount: how many rows of each kind. */
export type RollupDifference = { companyId: number; totals: number; traffic: number; activity: number; sales: number };

/**
 * Recounts a company and compares. Tables and rollups are seen at one moment, so what is written meanwhile makes no difference.
 * Reads every message: some seconds a million.
 */
export async function checkRollups(db: Db, companyId: number): Promise<RollupDifference> {
  return db.transaction(async (tx) => {
    await tx.run(withoutTimeLimit({}));
    return differenceOf(tx, companyId);
  });
}

/** Adds what is missing; afterwards a recount gives the same. Nobody has to stop writing. */
export async function rebuildRollups(db: Db, companyId: number): Promise<RollupDifference> {
  return db.transaction(async (tx) => {
    await tx.run(withoutTimeLimit({}));
    await tx.run(rebuild({ companyId }));
    return differenceOf(tx, companyId);
  });
}

export function isEqual({ totals, traffic, activity, sales }: RollupDifference): boolean {
  return totals + traffic + activity + sales === 0;
}

async function differenceOf(queries: Queries, companyId: number): Promise<RollupDifference> {
  const row = await queries.first(countMissing({ companyId }));
  if (!row) throw new Error("a count gave no row");
  return { companyId, ...row };
}

const withoutTimeLimit = prepared<object>()(() => sql<never>`set local statement_timeout = 0`);

const rebuild = prepared<{ companyId: number }>()(
  (_db, arg) =>
    sql<never>`select rebuild_rollups(${arg("companyId")}::bigint), rebuild_sales_days(${arg("companyId")}::bigint),
      rebuild_customer_sales(${arg("companyId")}::bigint)`,
);

const countMissing = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Omit<RollupDifference, "companyId">>`
    select (select count(*) from company_totals_missing where company_id = ${arg("companyId")}::bigint) as totals,
      (select count(*) from traffic_missing where company_id = ${arg("companyId")}::bigint) as traffic,
      (select count(*) from activity_missing where company_id = ${arg("companyId")}::bigint) as activity,
      (select count(*) from sales_days_missing where company_id = ${arg("companyId")}::bigint)
        + (select count(*) from owned_revenue_missing where company_id = ${arg("companyId")}::bigint)
        + (select count(*) from customer_counts_missing where company_id = ${arg("companyId")}::bigint) as sales`,
);
