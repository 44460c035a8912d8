import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { inWords } from "../policy/time/local-time.ts";
import type { ProposedTime } from "./pick-times.ts";

/** A proposal that somebody got, or is about to get, and has not answered. */
export type EarlierProposal = { contactId: number; proposedAt: string; stillWaits: boolean };

/** So long nobody is asked again who says nothing. */
const silenceMs = 7 * 86_400_000;
/** Longer than anything waits in the outbox. */
const waitMs = 45 * 86_400_000;

/** The latest of each of these people; an answer, a failure or a week after it left ends it. */
export async function earlierProposals(ctx: Ctx, contactIds: number[]): Promise<Map<number, EarlierProposal>> {
  if (contactIds.length === 0) return new Map();
  const now = ctx.now();
  const silentSince = new Date(now.getTime() - silenceMs).toISOString();
  const waitingSince = new Date(now.getTime() - waitMs).toISOString();
  const times = { now: now.toISOString(), silentSince, waitingSince };
  const rows = await ctx.db.all(latestUnanswered({ companyId: ctx.companyId, contactIds, ...times }));
  return new Map(rows.map((row) => [row.contactId, row]));
}

/** Why nobody is asked again just now. */
export function askedAlready(
  { proposedAt, stillWaits }: EarlierProposal,
  { timeZone, now }: { timeZone: string; now: Date },
): string {
  const when = inWords(new Date(proposedAt), timeZone, now);
  return stillWaits
    ? `The proposal of ${when} still waits to go out.`
    : `A visit was proposed on ${when}, and there is no answer yet.`;
}

export async function noteProposal(
  tx: TxCtx,
  { messageId, times, expiresAt }: { messageId: number; times: ProposedTime[]; expiresAt: Date },
): Promise<void> {
  await tx.tx.run(
    insertProposal({
      companyId: tx.companyId,
      messageId,
      now: tx.now().toISOString(),
      expiresAt: expiresAt.toISOString(),
      times: JSON.stringify(times),
    }),
  );
}

// A message belongs to its person, also after a merge. WhatsApp counts in whole seconds, so
// that of one second the order of arrival tells what answers. What a stopped number never took up ends when its times are over.
const latestUnanswered = prepared<{
  companyId: number;
  contactIds: number[];
  now: string;
  silentSince: string;
  waitingSince: string;
}>()(
  (_db, arg) => sql<EarlierProposal>`
    select distinct on (s.contact_id) s.contact_id as "contactId", p.proposed_at as "proposedAt", s.state = 'queued' as "stillWaits"
    from messages m
    join rebooking_proposals p on p.company_id = m.company_id and p.message_id = m.id
    join outbound_sends s on s.company_id = m.company_id and s.message_id = m.id
    where m.company_id = ${arg("companyId")}::bigint and m.contact_id = any(${arg("contactIds")}::bigint[])
      and m.direction = 'out' and m.sent_at > ${arg("waitingSince")}::timestamptz
      and ((s.state = 'queued' and (s.expires_at is null or s.expires_at > ${arg("now")}::timestamptz))
        or (s.state in ('sending', 'unknown', 'accepted') and coalesce(s.called_at, p.proposed_at) > ${arg("silentSince")}::timestamptz
          and not exists (select from messages i where i.company_id = s.company_id and i.contact_id = s.contact_id and i.direction = 'in'
            and i.sent_at >= date_trunc('second', coalesce(s.called_at, p.proposed_at)) and i.id > p.message_id)))
    order by s.contact_id, s.state = 'queued' desc, p.proposed_at desc`,
);

const insertProposal = prepared<{
  companyId: number;
  messageId: number;
  now: string;
  expiresAt: string;
  times: string;
}>()(
  (_db, arg) => sql<never>`
    insert into rebooking_proposals (company_id, message_id, proposed_at, expires_at, times)
    values (${arg("companyId")}::bigint, ${arg("messageId")}::bigint, ${arg("now")}::timestamptz, ${arg("expiresAt")}::timestamptz,
      ${arg("times")}::jsonb)
    on conflict do nothing`,
);
