import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, Role } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** A member of the company, as the company sees them. */
export type User = {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  role: Role;
  hasPassword: boolean;
  lastSignedInAt: string | null;
  createdAt: string;
};

/** What a person is called; the address where no name is known. */
export function displayName(user: { firstName: string; lastName: string; email: string }): string {
  return `${user.firstName} ${user.lastName}`.trim() || user.email;
}

/** The same of a row of `users`; null where there is none. */
export function memberNameSql(user: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce(nullif(trim(${user}.first_name || ' ' || ${user}.last_name), ''), ${user}.email)`;
}

export const userColumns = sql.raw(`u.id, u.email, u.first_name as "firstName", u.last_name as "lastName", m.role,
  u.password_hash is not null as "hasPassword", m.last_signed_in_at as "lastSignedInAt", m.created_at as "createdAt"`);

export async function getUser(ctx: Ctx, userId: number): Promise<User> {
  const user = await ctx.db.first(userById({ companyId: ctx.companyId, userId }));
  if (!user) throw notFound("user", userId);
  return user;
}

const userById = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<User>`
    select ${userColumns} from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint and m.user_id = ${arg("userId")}::bigint`,
);
