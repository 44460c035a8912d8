import { sql } from "kysely";
import type { Db } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";
import { checkRecords, rebuildRecords } from "../domain/customers/check-records.ts";
import { readOptions } from "./read-options.ts";

/** `records check`: whether every customer record is what a recount of visits and points gives. Exit code 1 where one is not. */
export async function recordsCheckCommand(db: Db, argv: string[]): Promise<number> {
  return overCompanies(db, argv, async (company) => {
    const different = await checkRecords(db, company.id);
    console.log(
      `${company.slug}: ${different === 0 ? "equal to a recount" : `${different} records differ from a recount`}`,
    );
    return different;
  });
}

/** `records rebuild`: makes them equal to a recount, and checks. */
export async function recordsRebuildCommand(db: Db, argv: string[]): Promise<number> {
  return overCompanies(db, argv, async (company) => {
    const rebuilt = await rebuildRecords(db, company.id);
    const different = await checkRecords(db, company.id);
    console.log(`${company.slug}: ${rebuilt} records rebuilt, ${different} differ from a recount`);
    return different;
  });
}

type Company = { id: number; slug: string };

async function overCompanies(db: Db, argv: string[], work: (company: Company) => Promise<number>): Promise<number> {
  const { company: slug } = readOptions(argv, [], ["company"]);
  const companies = await db.all(selectCompanies({ slug: slug ?? null }));
  if (companies.length === 0) console.log(slug === undefined ? "There is no company." : `No company "${slug}".`);
  let wrong = 0;
  for (const company of companies) wrong += await work(company);
  return wrong > 0 || companies.length === 0 ? 1 : 0;
}

const selectCompanies = prepared<{ slug: string | null }>()(
  (_db, arg) => sql<Company>`
    select id, slug from companies where ${arg("slug")}::text is null or slug = ${arg("slug")}::text order by id`,
);
