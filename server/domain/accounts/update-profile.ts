import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { DomainError, forbidden, invalid } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { readEmail } from "./email-address.ts";
import { verifyPassword } from "./password-hash.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { getUser, type User } from "./user.ts";

export type ProfileChange = {
  firstName?: string;
  lastName?: string;
  email?: string;
  /** Needed to change the address, where there is a password: the address is half of the sign-in. */
  currentPassword?: string;
};

/** The caller's own name and address. */
export async function updateProfile(ctx: Ctx, change: ProfileChange): Promise<User> {
  const userId = actingUserId(ctx);
  if (userId === null) throw forbidden("Only a person has a profile.");
  const user = await getUser(ctx, userId);
  const next = {
    firstName: change.firstName?.trim() ?? user.firstName,
    lastName: change.lastName?.trim() ?? user.lastName,
    email: change.email === undefined ? user.email : readEmail(change.email),
  };
  if (next.email !== user.email) await requirePassword(ctx, userId, change.currentPassword);
  const updated = await ctx.transact(async (tx) => {
    const written = await tx.tx.run(writeProfile({ userId, ...next, now: tx.now().toISOString() }));
    if (written === 0) throw emailTaken();
    const before = { firstName: user.firstName, lastName: user.lastName, email: user.email };
    await recordEvent(tx, { type: "user.updated", subject: { kind: "user", id: userId }, before, after: next });
    return getUser(tx, userId);
  });
  forgetPrincipals();
  return updated;
}

async function requirePassword(ctx: Ctx, userId: number, current: string | undefined): Promise<void> {
  const account = await ctx.db.first(accountHash({ userId }));
  if (!account || account.passwordHash === null) return;
  if (!(await verifyPassword(account.passwordHash, current ?? ""))) {
    throw invalid("currentPassword", "The current password is needed to change the e-mail address.");
  }
}

function emailTaken(): DomainError {
  return new DomainError({ kind: "duplicate", entity: "user", message: "Another account has this e-mail address." });
}

const accountHash = prepared<{ userId: number }>()(
  (_db, arg) => sql<{ passwordHash: string | null }>`
    select password_hash as "passwordHash" from users where id = ${arg("userId")}::bigint`,
);

type Row = { userId: number; firstName: string; lastName: string; email: string; now: string };

const writeProfile = prepared<Row>()(
  (_db, arg) => sql<never>`
    update users set first_name = ${arg("firstName")}, last_name = ${arg("lastName")}, email = ${arg("email")},
      updated_at = ${arg("now")}::timestamptz
    where id = ${arg("userId")}::bigint
      and not exists (select from users o where o.email = ${arg("email")} and o.id <> ${arg("userId")}::bigint)`,
);
