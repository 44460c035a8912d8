import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { foldEmail } from "./email-address.ts";

export type FoundAccount = {
  userId: number;
  /** The company it used last; null for an account that belongs to none. */
  companyId: number | null;
};

/** An account by its address, over all companies: for whoever runs the installation. */
export async function findAccount(queries: Pick<Queries, "first">, email: string): Promise<FoundAccount | undefined> {
  return queries.first(accountByEmail({ email: foldEmail(email) }));
}

const accountByEmail = prepared<{ email: string }>()(
  (_db, arg) => sql<FoundAccount>`
    select u.id as "userId", (
      select company_id from memberships m where m.user_id = u.id
      order by m.last_signed_in_at desc nulls last, m.company_id limit 1
    ) as "companyId"
    from users u where u.email = ${arg("email")}`,
);
