import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type Role } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { duplicateUser } from "./add-member.ts";
import { readEmail } from "./email-address.ts";
import { type Invitation, invitationColumns } from "./invitation.ts";
import { requireRole } from "./permissions.ts";
import { hashToken, newToken } from "./secret-token.ts";

const daysValid = 7;

/** Invites somebody by a link, whose token is shown this once. An earlier invitation to the same address ends. */
export async function inviteUser(
  ctx: Ctx,
  input: { email: string; role: Role },
): Promise<{ invitation: Invitation; token: string }> {
  requireRole(ctx, "admin");
  const email = readEmail(input.email);
  const token = newToken();
  const invitation = await ctx.transact(async (tx) => {
    const { companyId } = tx;
    const member = await tx.tx.first(memberByEmail({ companyId, email }));
    if (member) throw duplicateUser(member.userId);
    const now = tx.now().toISOString();
    await tx.tx.run(revokeOpenTo({ companyId, email, now }));
    const row = await tx.tx.first(
      insertInvitation({
        companyId,
        email,
        role: input.role,
        tokenHash: hashToken(token),
        invitedBy: actingUserId(tx),
        now,
        expiresAt: new Date(tx.now().getTime() + daysValid * 86_400_000).toISOString(),
      }),
    );
    if (!row) throw notFound("company", companyId);
    const subject = { kind: "company", id: companyId } as const;
    await recordEvent(tx, { type: "user.invited", subject, data: { invitationId: row.id, email, role: row.role } });
    return row;
  });
  return { invitation, token };
}

/** Ends an invitation that nobody accepted yet; one that is over stays as it is. */
export async function revokeInvitation(ctx: Ctx, invitationId: number): Promise<void> {
  requireRole(ctx, "admin");
  await ctx.transact(async (tx) => {
    const { companyId } = tx;
    const known = await tx.tx.first(lockInvitation({ companyId, invitationId }));
    if (!known) throw notFound("invitation", invitationId);
    const revoked = await tx.tx.run(revokeOne({ companyId, invitationId, now: tx.now().toISOString() }));
    if (revoked === 0) return;
    const subject = { kind: "company", id: companyId } as const;
    await recordEvent(tx, { type: "invitation.revoked", subject, data: { invitationId, email: known.email } });
  });
}

const memberByEmail = prepared<{ companyId: number; email: string }>()(
  (_db, arg) => sql<{ userId: number }>`
    select m.user_id as "userId" from users u join memberships m on m.user_id = u.id
    where u.email = ${arg("email")} and m.company_id = ${arg("companyId")}::bigint`,
);

const revokeOpenTo = prepared<{ companyId: number; email: string; now: string }>()(
  (_db, arg) => sql<never>`
    update invitations set revoked_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and email = ${arg("email")} and accepted_at is null and revoked_at is null`,
);

type NewRow = {
  companyId: number;
  email: string;
  role: Role;
  tokenHash: Buffer;
  invitedBy: number | null;
  now: string;
  expiresAt: string;
};

const insertInvitation = prepared<NewRow>()(
  (_db, arg) => sql<Invitation>`
    insert into invitations (company_id, email, role, token_hash, invited_by, created_at, expires_at)
    values (${arg("companyId")}::bigint, ${arg("email")}, ${arg("role")}, ${arg("tokenHash")}, ${arg("invitedBy")}::bigint,
      ${arg("now")}::timestamptz, ${arg("expiresAt")}::timestamptz)
    returning ${invitationColumns}`,
);

const lockInvitation = prepared<{ companyId: number; invitationId: number }>()(
  (_db, arg) => sql<{ email: string }>`
    select email from invitations
    where company_id = ${arg("companyId")}::bigint and id = ${arg("invitationId")}::bigint for update`,
);

const revokeOne = prepared<{ companyId: number; invitationId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update invitations set revoked_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("invitationId")}::bigint
      and accepted_at is null and revoked_at is null`,
);
