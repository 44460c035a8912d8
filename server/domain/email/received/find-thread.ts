import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";

export type ThreadClues = {
  /** What stands behind the plus of an address it was sent to. */
  tokens: string[];
  internetMessageId: string;
  inReplyTo: string | null;
  /** Oldest first. */
  references: string[];
  from: { address: string } | null;
};

/**
 * `contactId`: whose thread it is for certain. The token says that, because nobody else knows it; and so does the id of a mail of ours
 * where it comes from an address which that mail went to. `answeredMessageId`: the mail of ours that it answers.
 */
export type FoundThread = { threadId: number; contactId: number | null; answeredMessageId: number | null };

/**
 * The thread a mail belongs to: by our token, else by what it answers, else by the newest mail it refers to, else by a mail that came before
 * it and answers it or the same. Undefined where it begins one.
 */
export async function findThread(ctx: Ctx, clues: ThreadClues): Promise<FoundThread | undefined> {
  const { companyId } = ctx;
  if (clues.tokens.length > 0) {
    const own = await ctx.db.first(byToken({ companyId, tokens: clues.tokens }));
    if (own) return own;
  }
  const { inReplyTo, references, internetMessageId, from } = clues;
  // The nearest ancestor first.
  const ancestors = [...new Set([...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()])];
  const sender = from?.address ?? "";
  const parent = ancestors.length === 0 ? undefined : await ctx.db.first(byIds({ companyId, ids: ancestors, sender }));
  if (parent) return parent;
  const children = [internetMessageId, ...(inReplyTo === null ? [] : [inReplyTo])];
  const related = await ctx.db.first(byAnswers({ companyId, ids: children }));
  return related ? { threadId: related.threadId, contactId: null, answeredMessageId: null } : undefined;
}

const byToken = prepared<{ companyId: number; tokens: string[] }>()(
  (_db, arg) => sql<FoundThread>`
    select e.thread_id as "threadId", m.contact_id as "contactId", m.id as "answeredMessageId"
    from emails e join messages m on m.company_id = e.company_id and m.id = e.message_id
    where e.company_id = ${arg("companyId")}::bigint and e.reply_token = any(${arg("tokens")}::text[]) limit 1`,
);

// The nearest says which thread; of that thread's, the nearest that we sent to this sender says whose it is.
const byIds = prepared<{ companyId: number; ids: string[]; sender: string }>()(
  (_db, arg) => sql<FoundThread>`
    with named as materialized (
      select n.place, e.message_id, e.thread_id, m.contact_id, m.direction,
        m.direction = 'out' and exists (select from jsonb_array_elements(e.to_addresses || e.cc_addresses || e.bcc_addresses) as r (mailbox)
          where lower(r.mailbox ->> 'address') = ${arg("sender")}::text) as "wentToSender"
      from unnest(${arg("ids")}::text[]) with ordinality as n (id, place)
      join emails e on e.company_id = ${arg("companyId")}::bigint and e.internet_message_id = n.id
      join messages m on m.company_id = e.company_id and m.id = e.message_id
    )
    select p.thread_id as "threadId", case when p.direction = 'out' then p.message_id end as "answeredMessageId",
      (select o.contact_id from named o where o.thread_id = p.thread_id and o."wentToSender"
        order by o.place, o.message_id limit 1) as "contactId"
    from named p order by p.place, p.message_id limit 1`,
);

const byAnswers = prepared<{ companyId: number; ids: string[] }>()(
  (_db, arg) => sql<{ threadId: number }>`
    select thread_id as "threadId" from emails
    where company_id = ${arg("companyId")}::bigint and in_reply_to = any(${arg("ids")}::text[]) order by message_id limit 1`,
);
