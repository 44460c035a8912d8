import { sql } from "kysely";
import type { Queries } from "../../server/db/connection.ts";
import { prepared } from "../../server/db/prepared.ts";

/** The events of a company in the order in which they were written, as "type" or with what they say. */
export async function eventsIn(db: Queries, companyId: number) {
  return db.all(eventRows({ companyId }));
}

export async function eventTypes(db: Queries, companyId: number): Promise<string[]> {
  return (await eventsIn(db, companyId)).map((event) => event.type);
}

/** What stands on a person. */
export async function personRow(db: Queries, companyId: number, contactId: number) {
  return db.first(personById({ companyId, contactId }));
}

const eventRows = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ type: string; contactId: number | null; before: unknown; after: unknown; data: unknown }>`
    select type, contact_id as "contactId", before, after, data from events
    where company_id = ${arg("companyId")}::bigint and type <> 'company.created' order by id`,
);

const personById = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ stage: string; leadScore: number; lastContactedAt: string | null }>`
    select stage, lead_score as "leadScore", last_contacted_at as "lastContactedAt" from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint`,
);
