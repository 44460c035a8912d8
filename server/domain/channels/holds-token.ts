import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

type Called = { id: number; accessTokenSealed: string | null };

/**
 * Whether a number still has the token that its vendor was called with; until the end of the transaction nobody gives it another one. What
 * is said of a replaced token, for a call that was under way, says nothing of the one that is there now.
 */
export async function holdsToken(tx: TxCtx, { id, accessTokenSealed }: Called): Promise<boolean> {
  const now = await tx.tx.first(holdToken({ companyId: tx.companyId, id }));
  return now?.accessTokenSealed === accessTokenSealed;
}

const holdToken = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ accessTokenSealed: string | null }>`
    select access_token_sealed as "accessTokenSealed" from channel_accounts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);
