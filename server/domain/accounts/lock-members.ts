import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Role, TxCtx } from "../context.ts";
import { DomainError, notFound } from "../domain-error.ts";

/** One member's role, while nobody else can change who is in the company: two admins who leave at once would leave none. */
export async function lockMember(tx: TxCtx, userId: number): Promise<{ role: Role; email: string }> {
  await tx.tx.first(lockCompany({ companyId: tx.companyId }));
  const member = await tx.tx.first(memberRole({ companyId: tx.companyId, userId }));
  if (!member) throw notFound("user", userId);
  return member;
}

/** Called under the lock above. */
export async function requireAnotherAdmin(tx: TxCtx, userId: number): Promise<void> {
  const other = await tx.tx.first(otherAdmin({ companyId: tx.companyId, userId }));
  if (!other)
    throw new DomainError({ kind: "conflict", message: "The last admin of a company cannot be removed or demoted." });
}

const lockCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`select id from companies where id = ${arg("companyId")}::bigint for no key update`,
);

const memberRole = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<{ role: Role; email: string }>`
    select m.role, u.email from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint and m.user_id = ${arg("userId")}::bigint`,
);

const otherAdmin = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<{ userId: number }>`
    select m.user_id as "userId" from memberships m join users u on u.id = m.user_id and u.disabled_at is null
    where m.company_id = ${arg("companyId")}::bigint and m.role = 'admin' and m.user_id <> ${arg("userId")}::bigint limit 1`,
);
