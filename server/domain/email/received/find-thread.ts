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
};

/**
 * `contactId`: whose thread it is for certain; only the token says that, because nobody else knows it. `answeredMessageId`: the mail of
 * ours that it answers.
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
  const { inReplyTo, references, internetMessageId } = clues;
  // The nearest ancestor first.
  const ancestors = [...new Set([...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()])];
  const parent = ancestors.length === 0 ? undefined : await ctx.db.first(byIds({ companyId, ids: ancestors }));
  if (parent) return { threadId: parent.threadId, contactId: null, answeredMessageId: parent.answeredMessageId };
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

const byIds = prepared<{ companyId: number; ids: string[] }>()(
  (_db, arg) => sql<{ threadId: number; answeredMessageId: number | null }>`
    select e.thread_id as "threadId", case when m.direction = 'out' then m.id end as "answeredMessageId"
    from unnest(${arg("ids")}::text[]) with ordinality as n (id, place)
    join emails e on e.company_id = ${arg("companyId")}::bigint and e.internet_message_id = n.id
    join messages m on m.company_id = e.company_id and m.id = e.message_id
    order by n.place, e.message_id limit 1`,
);

const byAnswers = prepared<{ companyId: number; ids: string[] }>()(
  (_db, arg) => sql<{ threadId: number }>`
    select thread_id as "threadId" from emails
    where company_id = ${arg("companyId")}::bigint and in_reply_to = any(${arg("ids")}::text[]) order by message_id limit 1`,
);
