import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireRole } from "./permissions.ts";
import { createLink, createSignInLink } from "./sign-in-link.ts";
import { getUser } from "./user.ts";

/** A token with which a member sets a new password, once and within the hour. Shown once. */
export async function createPasswordReset(ctx: Ctx, userId: number): Promise<{ token: string; email: string }> {
  requireRole(ctx, "admin");
  return ctx.transact(async (tx) => {
    const user = await requireOwnUser(tx, userId);
    const token = await createLink(tx, userId, "password_reset");
    await recordEvent(tx, { type: "user.password_reset_created", subject: { kind: "user", id: userId } });
    return { token, email: user.email };
  });
}

/** A token with which a new member comes in for the first time. */
export async function createFirstSignIn(ctx: Ctx, userId: number): Promise<{ token: string; email: string }> {
  requireRole(ctx, "admin");
  return ctx.transact(async (tx) => {
    const user = await requireOwnUser(tx, userId);
    return { token: await createSignInLink(tx, userId), email: user.email };
  });
}

/** An admin of one company must not get hold of an account that opens another; whoever runs the installation may. */
async function requireOwnUser(tx: TxCtx, userId: number): Promise<{ email: string }> {
  const user = await getUser(tx, userId);
  await tx.tx.first(lockUser({ userId }));
  if (tx.actor.kind === "system") return user;
  const elsewhere = await tx.tx.first(otherCompany({ companyId: tx.companyId, userId }));
  if (!elsewhere) return user;
  const message = "This person belongs to another company too; only the operator of the server can make them a link.";
  throw new DomainError({ kind: "conflict", message });
}

const lockUser = prepared<{ userId: number }>()(
  (_db, arg) => sql<{ id: number }>`select id from users where id = ${arg("userId")}::bigint for update`,
);

const otherCompany = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<{ companyId: number }>`
    select company_id as "companyId" from memberships
    where user_id = ${arg("userId")}::bigint and company_id <> ${arg("companyId")}::bigint limit 1`,
);
