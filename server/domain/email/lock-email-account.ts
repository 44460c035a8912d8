import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type StoredEmailAccount, storedAccountById } from "./email-account.ts";

/** The account as it lies in the database, held until the transaction ends. */
export async function lockEmailAccount(tx: TxCtx, id: number): Promise<StoredEmailAccount> {
  await tx.tx.run(holdAccount({ companyId: tx.companyId, id }));
  const stored = await tx.tx.first(storedAccountById({ companyId: tx.companyId, id }));
  if (!stored) throw notFound("email account", id);
  return stored;
}

const holdAccount = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    select from email_accounts
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("id")}::bigint for update`,
);
