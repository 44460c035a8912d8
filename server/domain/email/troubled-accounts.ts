import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type TroubledAccount = { companyId: number; id: number };

/** Mailboxes, over all companies, whose mail server would not let them send when it was last asked. */
export async function troubledAccounts(db: Pick<Queries, "all">): Promise<TroubledAccount[]> {
  return db.all(selectTroubled({}));
}

const selectTroubled = prepared<object>()(
  () => sql<TroubledAccount>`
    select company_id as "companyId", id from channel_accounts
    where provider = 'email' and health -> 'problems' ?| array['token_expired', 'setup'] order by company_id, id limit 200`,
);
