import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { type StoredEmailAccount, storedAccountColumns, storedAccountSource } from "./email-account.ts";

/** The account by which a company writes to its own members: the first that sends; undefined where there is none. */
export async function memberMailAccount(
  db: Pick<Queries, "first">,
  companyId: number,
): Promise<StoredEmailAccount | undefined> {
  return db.first(firstSending({ companyId }));
}

const firstSending = prepared<{ companyId: number }>()(
  (_db, arg) => sql<StoredEmailAccount>`
    select ${storedAccountColumns} from ${storedAccountSource}
    where a.company_id = ${arg("companyId")}::bigint and a.provider = 'email' and a.status = 'connected' and e.smtp is not null
    order by a.id limit 1`,
);
