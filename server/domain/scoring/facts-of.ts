import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { LeadFacts } from "./score-lead.ts";

/** What the score of each of these people rests on, in one query; people who are not there are left out. */
export async function factsOf(db: Ctx["db"], companyId: number, contactIds: number[]): Promise<Map<number, LeadFacts>> {
  const rows = await db.all(facts({ companyId, contactIds }));
  return new Map(rows.map(({ contactId, ...leadFacts }) => [contactId, leadFacts]));
}

type FactsRow = LeadFacts & { contactId: number };

// Days and conversations are told apart only up to two: first and last message are each one step into the index, and the rules
// ask for no more.
const facts = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<FactsRow>`
    select c.id as "contactId", coalesce(c.email, '') <> '' as "hasEmail", c.organization_id is not null as "hasCompany",
      coalesce(c.position, '') <> '' as "hasPosition",
      case when first.day is null then 0 when first.day = last.day then 1 else 2 end as "messageDays",
      conversation.count as conversations, reply.median as "medianReplySeconds",
      coalesce(message.pricing, false) or coalesce(activity.pricing, false) as "askedPricing",
      coalesce(message.demo, false) or coalesce(activity.demo, false) as "requestedDemo",
      coalesce(message.resources, false) or coalesce(activity.resources, false) as "downloadedResources"
    from contacts c join company_settings s on s.company_id = c.company_id
    left join lateral (
      select (m.sent_at at time zone s.time_zone)::date as day from messages m
      where m.company_id = c.company_id and m.contact_id = c.id and m.direction = 'in' order by m.sent_at, m.id limit 1
    ) first on true
    left join lateral (
      select (m.sent_at at time zone s.time_zone)::date as day from messages m
      where m.company_id = c.company_id and m.contact_id = c.id and m.direction = 'in' order by m.sent_at desc, m.id desc limit 1
    ) last on true
    left join lateral (
      select count(*) as count from (
        select from conversations v where v.company_id = c.company_id and v.contact_id = c.id limit 2
      ) two
    ) conversation on true
    left join lateral (
      select percentile_cont(0.5) within group (order by extract(epoch from sent_at - previous_at)) as median
      from (
        select direction, sent_at, lag(case when direction = 'out' then sent_at end) over thread as previous_at
        from (
          select conversation_id, direction, sent_at, id from messages m
          where m.company_id = c.company_id and m.contact_id = c.id order by m.sent_at desc, m.id desc limit 100
        ) recent
        window thread as (partition by conversation_id order by sent_at, id)
      ) pairs
      where direction = 'in' and previous_at is not null
    ) reply on true
    left join lateral (
      select bool_or('pricing' = any(m.intents)) as pricing, bool_or('demo' = any(m.intents)) as demo,
        bool_or('resources' = any(m.intents)) as resources
      from messages m
      where m.company_id = c.company_id and m.contact_id = c.id and m.intents <> '{}' and m.direction = 'in'
    ) message on true
    left join lateral (
      select bool_or('pricing' = any(a.intents)) as pricing, bool_or('demo' = any(a.intents)) as demo,
        bool_or('resources' = any(a.intents)) as resources
      from activities a
      where a.company_id = c.company_id and a.contact_id = c.id and a.intents <> '{}' and a.deleted_at is null
    ) activity on true
    where c.company_id = ${arg("companyId")}::bigint and c.id = any(${arg("contactIds")}::bigint[]) and c.deleted_at is null`,
);
