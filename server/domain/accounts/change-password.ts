import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { DomainError, forbidden, invalid } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";
import { checkPassword } from "./password-rules.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { hashToken } from "./secret-token.ts";
import { writePassword } from "./write-password.ts";

export type PasswordChange = {
  newPassword: string;
  /** Not needed where there is none yet: somebody who came by a link. */
  currentPassword?: string;
  /** The cookie of the browser that asks; its session stays. */
  sessionToken?: string;
};

/** The caller's own password. Everything else that was signed in with the old one is signed out. */
export async function changePassword(ctx: Ctx, change: PasswordChange): Promise<void> {
  const userId = actingUserId(ctx);
  if (userId === null) throw forbidden("Only a person has a password.");
  const account = await ctx.db.first(accountById({ userId }));
  if (!account) throw forbidden("Only a person has a password.");
  await requireCurrent(account.passwordHash, change.currentPassword);
  checkPassword(change.newPassword, account.email, "newPassword");
  const passwordHash = await hashPassword(change.newPassword);
  await ctx.transact(async (tx) => {
    const unchanged = await tx.tx.first(lockAccount({ userId, passwordHash: account.passwordHash }));
    if (!unchanged) throw new DomainError({ kind: "conflict", message: "The password was changed a moment ago." });
    const keepSession = change.sessionToken === undefined ? null : hashToken(change.sessionToken);
    await writePassword(tx.tx, { userId, passwordHash, now: tx.now().toISOString(), keepSession });
    await recordEvent(tx, { type: "user.password_changed", subject: { kind: "user", id: userId } });
  });
  forgetPrincipals();
}

async function requireCurrent(passwordHash: string | null, current: string | undefined): Promise<void> {
  if (passwordHash === null) return;
  if (current === undefined) throw invalid("currentPassword", "The current password is required.");
  if (!(await verifyPassword(passwordHash, current))) {
    throw invalid("currentPassword", "The current password is wrong.");
  }
}

const accountById = prepared<{ userId: number }>()(
  (_db, arg) => sql<{ email: string; passwordHash: string | null }>`
    select email, password_hash as "passwordHash" from users where id = ${arg("userId")}::bigint`,
);

const lockAccount = prepared<{ userId: number; passwordHash: string | null }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from users
    where id = ${arg("userId")}::bigint and password_hash is not distinct from ${arg("passwordHash")} for update`,
);
