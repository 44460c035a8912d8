import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { escapeHtml } from "../email/html-of-text.ts";
import { recordEvent } from "../events/record-event.ts";
import type { MemberMail, MemberMailer, MemberMailOutcome } from "../notifications/member-mailer.ts";
import { requireRole } from "./permissions.ts";
import { hashToken } from "./secret-token.ts";

type Mailing = { invitationId: number; token: string; link: string };

/** Mails an open invitation's link to whom it is for. Only who made it holds the token: here is its hash. */
export async function mailInvitation(
  ctx: Ctx,
  { invitationId, token, link }: Mailing,
  mailer: MemberMailer,
): Promise<MemberMailOutcome> {
  requireRole(ctx, "admin");
  const { companyId } = ctx;
  const now = ctx.now().toISOString();
  const open = await ctx.db.first(openInvitation({ companyId, invitationId, tokenHash: hashToken(token), now }));
  if (!open) throw notFound("invitation", invitationId);
  const outcome = await mailer.send(composed(ctx, invitationId, { ...open, link }));
  if (outcome.kind === "sent")
    await ctx.transact(async (tx) => {
      const subject = { kind: "company", id: companyId } as const;
      await recordEvent(tx, { type: "invitation.mailed", subject, data: { invitationId, email: open.email } });
    });
  return outcome;
}

type Open = { email: string; companyName: string };

function composed(ctx: Ctx, invitationId: number, { email, companyName, link }: Open & { link: string }): MemberMail {
  // A line break in a company's name must not become a header of its own.
  const company = companyName.replace(/[\r\n]+/g, " ").slice(0, 150);
  const words = `${company} invites you to work with them in Rapport.`;
  const end = "The link works once, for a week. If you did not expect it, do nothing.";
  return {
    companyId: ctx.companyId,
    to: email,
    subject: `Your invitation to ${company}`,
    text: `${words}\n\nChoose a password and begin:\n${link}\n\n${end}`,
    html: `<!doctype html><meta charset="utf-8"><div style="font-family:sans-serif"><p>${escapeHtml(words)}</p><p><a href="${escapeHtml(link)}">Choose a password and begin</a></p><p style="color:#666">${end}</p></div>`,
    messageKey: `invitation-${ctx.companyId}-${invitationId}`,
  };
}

const openInvitation = prepared<{ companyId: number; invitationId: number; tokenHash: Buffer; now: string }>()(
  (_db, arg) => sql<Open>`
    select i.email, c.name as "companyName" from invitations i join companies c on c.id = i.company_id
    where i.company_id = ${arg("companyId")}::bigint and i.id = ${arg("invitationId")}::bigint and i.token_hash = ${arg("tokenHash")}
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${arg("now")}::timestamptz`,
);
