import { type RawBuilder, sql } from "kysely";
import { type FilterArgs, filterSql } from "./contact-filter.ts";
import type { ContactSort } from "./contact-order.ts";
import { endOfPrefix, type SearchTerm } from "./search-term.ts";

export type UsableTerm = Exclude<SearchTerm, { kind: "nothing" }>;

export type TermArgs = {
  longest: string;
  second: string;
  parts: string[];
  prefix: string;
  end: string;
  wordStart: string | null;
};

export function termArgs(term: UsableTerm): TermArgs {
  const { parts } = term;
  if (term.kind === "parts")
    return { longest: term.longest, second: term.second, parts, prefix: "", end: "", wordStart: null };
  const { prefix, wordStart } = term;
  return { longest: "", second: "", parts, prefix, end: endOfPrefix(prefix), wordStart };
}

type TermArgument = <Key extends keyof TermArgs>(key: Key) => TermArgs[Key];
type HitsArgument = <Key extends keyof (FilterArgs & TermArgs)>(key: Key) => (FilterArgs & TermArgs)[Key];

/** Without an index of letters, parts are sought among so many. */
const bestPeople = 15_000;

const lastMessageAt = sql`(
  select i.last_message_at from contact_inbox i where i.company_id = c.company_id and i.contact_id = c.id
)`;
const lastChatAt = sql`(
  select i.last_chat_at from contact_inbox i where i.company_id = c.company_id and i.contact_id = c.id
)`;

/** What hits are ordered by: few enough that each is looked up. */
export const hitKeys: Record<ContactSort, RawBuilder<unknown>> = {
  leadScore: sql`c.lead_score`,
  leadScoreAscending: sql`c.lead_score`,
  createdAt: sql`c.created_at`,
  createdAtAscending: sql`c.created_at`,
  lastMessageAt,
  lastMessageAtAscending: lastMessageAt,
  lastChatAt,
  lastChatAtAscending: lastChatAt,
  name: sql`c.search_text`,
  nameDescending: sql`c.search_text`,
};

/** The people that a term finds, each once, as `id` with the `key` of their order; in an order of no meaning. */
export function hitsSql(kind: UsableTerm["kind"], key: RawBuilder<unknown>, arg: HitsArgument): RawBuilder<unknown> {
  if (kind === "prefix") return shortHitsSql(key, arg);
  return sql`select c.id, ${key} as key from ${foundInText(arg)} and ${partsSql(sql`s.search_text`, arg)}`;
}

// Sets that exclude each other: a limit then stops at the one that fills it, which a union that removes doubles cannot. The index
// of letters comes last, when the best have shown that the word is rare: also the "gm" of everybody's mail begins a word there, and
// it would give most of the company (30 ms of 300,000 people, and their rows be read in vain).
function shortHitsSql(key: RawBuilder<unknown>, arg: HitsArgument): RawBuilder<unknown> {
  return sql`
    with near as materialized (
      select c.id, ${key} as key from ${bestSql(arg)} c
      where ${filterSql("all", arg)} and c.search_text like all (${arg("parts")}::text[]) and not ${beginsSql(sql`c.search_text`, arg)}
    )
    select c.id, ${key} as key from ${foundInText(arg)}
      and s.search_text >= ${arg("prefix")}::text and s.search_text < ${arg("end")}::text and ${beginsSql(sql`s.search_text`, arg)}
    union all
    select n.id, n.key from near n
    union all
    select c.id, ${key} as key from ${foundInText(arg)}
      and s.search_text like ${arg("wordStart")}::text and not ${beginsSql(sql`s.search_text`, arg)} and c.id not in (select id from near)`;
}

function foundInText(arg: HitsArgument): RawBuilder<unknown> {
  return sql`contact_search s join contacts c on c.company_id = s.company_id and c.id = s.contact_id
    where s.company_id = ${arg("companyId")}::bigint and ${filterSql("all", arg)}`;
}

export function partsSql(text: RawBuilder<unknown>, arg: TermArgument): RawBuilder<unknown> {
  return sql`${text} like ${arg("longest")}::text and ${text} like ${arg("second")}::text
    and ${text} like all (${arg("parts")}::text[])`;
}

function beginsSql(text: RawBuilder<unknown>, arg: TermArgument): RawBuilder<unknown> {
  return sql`starts_with(${text}, ${arg("prefix")}::text)`;
}

// Filtered outside: the best of a rare filter would be sought through the whole company.
function bestSql(arg: HitsArgument): RawBuilder<unknown> {
  return sql`(
    select c.company_id, c.id, c.search_text, c.lead_score, c.created_at, c.deleted_at,
      c.temperature, c.stage, c.organization_id, c.owner_user_id
    from contacts c where ${filterSql("everyone", arg)}
    order by c.lead_score desc, c.id desc limit ${sql.lit(bestPeople)}
  )`;
}
