import { sql } from "kysely";
import type { Db } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";
import { checkRollups, isEqual, type RollupDifference, rebuildRollups } from "../domain/rollups/check-rollups.ts";
import { readOptions } from "./read-options.ts";

/** `rollups check`: whether what dashboards read is what a recount gives. Exit code 1 where it is not. */
export async function rollupsCheckCommand(db: Db, argv: string[]): Promise<number> {
  const { company } = readOptions(argv, [], ["company"]);
  return overCompanies(db, company, (id) => checkRollups(db, id));
}

/** `rollups rebuild`: adds what a recount finds missing, and recounts. */
export async function rollupsRebuildCommand(db: Db, argv: string[]): Promise<number> {
  const { company } = readOptions(argv, [], ["company"]);
  return overCompanies(db, company, (id) => rebuildRollups(db, id));
}

async function overCompanies(
  db: Db,
  slug: string | undefined,
  work: (companyId: number) => Promise<RollupDifference>,
): Promise<number> {
  let wrong = 0;
  const companies = await db.all(selectCompanies({ slug: slug ?? null }));
  if (companies.length === 0) console.log(slug === undefined ? "There is no company." : `No company "${slug}".`);
  for (const company of companies) {
    const difference = await work(company.id);
    if (!isEqual(difference)) wrong += 1;
    console.log(`${company.slug}: ${describe(difference)}`);
  }
  return wrong > 0 || companies.length === 0 ? 1 : 0;
}

function describe(difference: RollupDifference): string {
  if (isEqual(difference)) return "equal to a recount";
  const { totals, traffic, activity, sales } = difference;
  return `differs from a recount (totals ${totals}, buckets of traffic ${traffic}, days of activity ${activity}, days of sales ${sales})`;
}

const selectCompanies = prepared<{ slug: string | null }>()(
  (_db, arg) => sql<{ id: number; slug: string }>`
    select id, slug from companies where ${arg("slug")}::text is null or slug = ${arg("slug")}::text order by id`,
);
