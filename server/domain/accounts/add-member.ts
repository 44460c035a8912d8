import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Role, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";

export type NewMember = { email: string; firstName: string; lastName: string; role: Role; passwordHash: string | null };

export type Account = { id: number; email: string; passwordHash: string | null; memberships: number };

/** The account behind an address, locked, wherever it is a member. */
export async function lockAccount(tx: TxCtx, email: string): Promise<Account | undefined> {
  const account = await tx.tx.first(accountForUpdate({ email }));
  if (!account) return undefined;
  // A statement of its own: only one that begins after the lock is held sees what others wrote before they let it go.
  const counted = await tx.tx.first(countMemberships({ userId: account.id }));
  return { ...account, memberships: counted?.count ?? 0 };
}

/**
 * Makes a user and a member of this company. An account that belongs to no company any more starts afresh: whoever knew its
 * password in its former company must not enter this one with it.
 */
export async function addNewUser(tx: TxCtx, member: NewMember): Promise<number> {
  const { role, ...person } = member;
  const account = await lockAccount(tx, member.email);
  if (account && account.memberships > 0) throw duplicateUser();
  const write = account ? resetAccount : insertAccount;
  const row = await tx.tx.first(write({ ...person, now: tx.now().toISOString() }));
  if (!row) throw duplicateUser();
  if (account) await tx.tx.run(dropCredentials({ userId: row.id }));
  await addMember(tx, row.id, { email: member.email, role });
  return row.id;
}

/** Lets an existing account into this company. Links made for it before lead where their maker had a say; they end here. */
export async function addMember(tx: TxCtx, userId: number, member: { email: string; role: Role }): Promise<void> {
  const { role, email } = member;
  const added = await tx.tx.run(
    insertMembership({ companyId: tx.companyId, userId, role, now: tx.now().toISOString() }),
  );
  if (added === 0) throw duplicateUser(userId);
  await tx.tx.run(dropLinks({ userId }));
  await recordEvent(tx, { type: "user.added", subject: { kind: "user", id: userId }, after: { email, role } });
}

export function duplicateUser(existingId?: number): DomainError {
  const message = "A user with this e-mail exists already.";
  return new DomainError({
    kind: "duplicate",
    entity: "user",
    message,
    ...(existingId === undefined ? {} : { existingId }),
  });
}

const accountForUpdate = prepared<{ email: string }>()(
  (_db, arg) => sql<Omit<Account, "memberships">>`
    select id, email, password_hash as "passwordHash" from users where email = ${arg("email")} for update`,
);

const countMemberships = prepared<{ userId: number }>()(
  (_db, arg) =>
    sql<{ count: number }>`select count(*) as count from memberships where user_id = ${arg("userId")}::bigint`,
);

type AccountRow = Omit<NewMember, "role"> & { now: string };

const insertAccount = prepared<AccountRow>()(
  (_db, arg) => sql<{ id: number }>`
    insert into users (email, first_name, last_name, password_hash, tokens_valid_from, created_at, updated_at)
    values (${arg("email")}, ${arg("firstName")}, ${arg("lastName")}, ${arg("passwordHash")}, ${arg("now")}::timestamptz,
      ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (email) do nothing returning id`,
);

const resetAccount = prepared<AccountRow>()(
  (_db, arg) => sql<{ id: number }>`
    update users set first_name = ${arg("firstName")}, last_name = ${arg("lastName")}, password_hash = ${arg("passwordHash")},
      tokens_valid_from = greatest(${arg("now")}::timestamptz, tokens_valid_from + interval '1 ms'), disabled_at = null,
      updated_at = ${arg("now")}::timestamptz
    where email = ${arg("email")} returning id`,
);

const insertMembership = prepared<{ companyId: number; userId: number; role: Role; now: string }>()(
  (_db, arg) => sql<never>`
    insert into memberships (company_id, user_id, role, created_at)
    values (${arg("companyId")}::bigint, ${arg("userId")}::bigint, ${arg("role")}, ${arg("now")}::timestamptz)
    on conflict (company_id, user_id) do nothing`,
);

const dropLinks = prepared<{ userId: number }>()(
  (_db, arg) => sql<never>`delete from sign_in_tokens where user_id = ${arg("userId")}::bigint and used_at is null`,
);

const dropCredentials = prepared<{ userId: number }>()(
  (_db, arg) => sql<never>`
    with dropped as (delete from sessions where user_id = ${arg("userId")}::bigint)
    delete from refresh_tokens where user_id = ${arg("userId")}::bigint`,
);
