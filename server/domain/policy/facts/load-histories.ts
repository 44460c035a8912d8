import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import type { WantedSend } from "../send-decision.ts";
import type { HistoryFacts } from "../send-facts.ts";

type Histories = (
  index: number,
  portfolioIds: number[],
) => { history: HistoryFacts; confirmationLeft: (since: Date) => boolean };

/**
 * What each person got from us or is about to get. A row of the outbox that is asked about again (`sendId`) does not count itself, nor
 * those behind it; whatever was called counts.
 */
export async function loadHistories(ctx: Ctx, wanted: WantedSend[], now: Date): Promise<Histories> {
  const rows = await ctx.db.all(
    historiesOf({
      companyId: ctx.companyId,
      contactIds: wanted.map(({ contactId }) => contactId),
      sendIds: wanted.map(({ sendId }) => sendId ?? 0),
      since: new Date(now.getTime() - 30 * dayMs).toISOString(),
    }),
  );
  const byPlace = new Map(rows.map(({ place, sends }) => [place - 1, sends]));
  return (index, portfolioIds) => {
    const sends = byPlace.get(index) ?? [];
    return {
      history: historyOf(sends, portfolioIds, now),
      // A second of grace between the database's clock and ours.
      confirmationLeft: (since) => sends.some((send) => send.system && send.createdMs >= since.getTime() - 1_000),
    };
  };
}

const dayMs = 86_400_000;

function historyOf(sends: Sent[], portfolioIds: number[], now: Date): HistoryFacts {
  const dayAgo = now.getTime() - dayMs;
  return {
    initiatedAt: sends.filter(({ outside }) => outside).map(({ atMs }) => new Date(atMs)),
    marketingAt: sends.filter(({ marketing }) => marketing).map(({ atMs }) => new Date(atMs)),
    inTier: sends.some(
      ({ outside, called, atMs, account }) => outside && called && atMs > dayAgo && portfolioIds.includes(account),
    ),
  };
}

type Sent = {
  atMs: number;
  createdMs: number;
  account: number;
  outside: boolean;
  marketing: boolean;
  called: boolean;
  system: boolean;
};

// The newest hundred of a month: no cap is above fifty. Answers inside a window count for nothing, are most of what there is, and stand in
// no index; `outbound_sends_counted_idx` has the rest.
const historiesOf = prepared<{ companyId: number; contactIds: number[]; sendIds: number[]; since: string }>()(
  (_db, arg) => sql<{ place: number; sends: Sent[] }>`
    select w.place, h.sends
    from unnest(${arg("contactIds")}::bigint[], ${arg("sendIds")}::bigint[]) with ordinality w (contact_id, send_id, place)
    cross join lateral (
      select jsonb_agg(jsonb_build_object(
        'atMs', (extract(epoch from coalesce(s.called_at, s.next_attempt_at)) * 1000)::bigint,
        'createdMs', (extract(epoch from s.created_at) * 1000)::bigint, 'account', s.channel_account_id, 'outside', s.outside_window,
        'marketing', s.purpose = 'marketing' or s.template_category is not distinct from 'marketing',
        'called', s.called_at is not null, 'system', s.origin = 'system')) as sends
      from (
        select called_at, next_attempt_at, created_at, channel_account_id, outside_window, purpose, lower(template_category) as template_category, origin
        from outbound_sends
        where company_id = ${arg("companyId")}::bigint and contact_id = w.contact_id and created_at > ${arg("since")}::timestamptz
          and (outside_window or purpose = 'marketing' or lower(template_category) = 'marketing' or origin = 'system')
          and state not in ('failed', 'cancelled') and id <> w.send_id
          and (w.send_id = 0 or called_at is not null or id < w.send_id)
        order by created_at desc limit 100
      ) s
    ) h
    where h.sends is not null`,
);
