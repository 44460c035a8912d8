import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx, TxCtx } from "../../context.ts";
import { recordEvent } from "../../events/record-event.ts";
import { settleEmail } from "../settle-email.ts";
import { type Visitor, visitorOf } from "./visitor-of.ts";

/** Where a tracked link leads; `url` is null for the picture that tells of an opening. */
export type FollowedLink = { url: string | null };

/** What stands behind an address of ours, without noting that anybody came. */
export async function linkOf(ctx: Ctx, linkId: number): Promise<FollowedLink | undefined> {
  return ctx.db.first(linkById({ companyId: ctx.companyId, linkId }));
}

/** Notes that somebody opened the mail or followed a link, and whether that was a person. Whatever came proves that the mail is there. */
export async function visitLink(ctx: Ctx, linkId: number, userAgent: string): Promise<FollowedLink | undefined> {
  return ctx.transact(async (tx) => {
    const { companyId } = tx;
    const now = tx.now();
    const link = await tx.tx.first(linkWithMail({ companyId, linkId }));
    if (!link) return undefined;
    const sinceAcceptedMs = link.acceptedAt === null ? null : now.getTime() - Date.parse(link.acceptedAt);
    const guess = visitorOf({ userAgent, sinceAcceptedMs, isPicture: link.url === null });
    const visitor = guess === "person" && (await isSweep(tx, link)) ? "scanner" : guess;
    const row = { companyId, linkId, visitor, userAgent: userAgent.slice(0, 400), now: now.toISOString() };
    await tx.tx.run(insertVisit(row));
    await tellOf(tx, link, visitor);
    return { url: link.url };
  });
}

/** Another link of the mail was followed within two seconds: a machine reads all of them. What it followed first was no person either. */
async function isSweep(tx: TxCtx, { linkId, messageId, url }: Link): Promise<boolean> {
  if (url === null) return false;
  const since = new Date(tx.now().getTime() - 2_000).toISOString();
  return (await tx.tx.run(markSweep({ companyId: tx.companyId, linkId, messageId, since }))) > 0;
}

async function tellOf(tx: TxCtx, { messageId, contactId, linkId, url }: Link, visitor: Visitor): Promise<void> {
  // A scanner stands before the mailbox; what comes behind it is proof.
  if (visitor !== "scanner") await settleEmail(tx, messageId, { kind: "delivered", at: tx.now() });
  if (visitor !== "person") return;
  await recordEvent(tx, {
    type: url === null ? "email.opened" : "email.link_followed",
    subject: { kind: "message", id: messageId },
    contactId,
    data: url === null ? {} : { url },
    dedupeKey: `email visit ${linkId}`,
  });
}

type Link = { linkId: number; messageId: number; contactId: number; url: string | null; acceptedAt: string | null };

const linkById = prepared<{ companyId: number; linkId: number }>()(
  (_db, arg) => sql<FollowedLink>`
    select url from tracked_links where company_id = ${arg("companyId")}::bigint and id = ${arg("linkId")}::bigint`,
);

const linkWithMail = prepared<{ companyId: number; linkId: number }>()(
  (_db, arg) => sql<Link>`
    select l.id as "linkId", l.message_id as "messageId", l.contact_id as "contactId", l.url, m.accepted_at as "acceptedAt"
    from tracked_links l join messages m on m.company_id = l.company_id and m.id = l.message_id
    where l.company_id = ${arg("companyId")}::bigint and l.id = ${arg("linkId")}::bigint`,
);

const insertVisit = prepared<{ companyId: number; linkId: number; visitor: string; userAgent: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into link_visits (company_id, link_id, visitor, user_agent, visited_at)
    values (${arg("companyId")}::bigint, ${arg("linkId")}::bigint, ${arg("visitor")}::text, ${arg("userAgent")}::text,
      ${arg("now")}::timestamptz)`,
);

const markSweep = prepared<{ companyId: number; linkId: number; messageId: number; since: string }>()(
  (_db, arg) => sql<never>`
    update link_visits v set visitor = 'scanner' from tracked_links l
    where l.company_id = ${arg("companyId")}::bigint and l.message_id = ${arg("messageId")}::bigint and l.id <> ${arg("linkId")}::bigint
      and l.url is not null and v.company_id = l.company_id and v.link_id = l.id and v.visited_at > ${arg("since")}::timestamptz
      and v.visitor <> 'proxy'`,
);
