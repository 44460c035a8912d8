import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Role, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";

/** Somebody who has just proved who they are, in the company they came into. */
export type SignedIn = {
  userId: number;
  email: string;
  firstName: string;
  lastName: string;
  role: Role;
  companyId: number;
  /** State of the account at the proof; what is issued on it is void once this has moved on. */
  tokensValidFrom: string;
};

/** Notes that the person is here. */
export async function enterCompany(
  tx: TxCtx,
  userId: number,
  method: "password" | "link" | "invitation",
): Promise<SignedIn> {
  const person = await tx.tx.first(markEntry({ companyId: tx.companyId, userId, now: tx.now().toISOString() }));
  if (!person) throw new DomainError({ kind: "unauthenticated", message: "This account has no access." });
  const actor = { kind: "user", userId, role: person.role } as const;
  await recordEvent(tx, { type: "user.signed_in", subject: { kind: "user", id: userId }, data: { method }, actor });
  return person;
}

const markEntry = prepared<{ companyId: number; userId: number; now: string }>()(
  (_db, arg) => sql<SignedIn>`
    update memberships m set last_signed_in_at = ${arg("now")}::timestamptz
    from users u
    where m.company_id = ${arg("companyId")}::bigint and m.user_id = ${arg("userId")}::bigint and u.id = m.user_id
      and u.disabled_at is null
    returning u.id as "userId", u.email, u.first_name as "firstName", u.last_name as "lastName", m.role,
      m.company_id as "companyId", u.tokens_valid_from as "tokensValidFrom"`,
);
