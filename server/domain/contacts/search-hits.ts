import { type RawBuilder, sql } from "kysely";
import { type FilterArgs, filterSql } from "./contact-filter.ts";
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

/** The people that a term finds, each once, with the column of their order; in an order of no meaning. */
export function hitsSql(kind: UsableTerm["kind"], key: RawBuilder<unknown>, arg: HitsArgument): RawBuilder<unknown> {
  if (kind === "prefix") return shortHitsSql(key, arg);
  return sql`select c.id, ${key} from contacts c where ${filterSql("all", arg)} and ${partsSql(arg)}`;
}

// Sets that exclude each other: a limit then stops at the one that fills it, which a union that removes doubles cannot. The index
// of letters comes last, when the best have shown that the word is rare: also the "gm" of everybody's mail begins a word there, and
// it would give most of the company (30 ms of 300,000 people, and their rows be read in vain).
function shortHitsSql(key: RawBuilder<unknown>, arg: HitsArgument): RawBuilder<unknown> {
  return sql`
    with near as materialized (
      select c.id, ${key} from ${bestSql(arg)} c
      where ${filterSql("all", arg)} and c.search_text like all (${arg("parts")}::text[]) and not ${beginsSql(arg)}
    )
    select c.id, ${key} from contacts c where ${filterSql("all", arg)}
      and c.search_text >= ${arg("prefix")}::text and c.search_text < ${arg("end")}::text and ${beginsSql(arg)}
    union all
    select c.id, ${key} from near c
    union all
    select c.id, ${key} from contacts c where ${filterSql("all", arg)}
      and c.search_text like ${arg("wordStart")}::text and not ${beginsSql(arg)} and c.id not in (select id from near)`;
}

export function partsSql(arg: TermArgument): RawBuilder<unknown> {
  return sql`c.search_text like ${arg("longest")}::text and c.search_text like ${arg("second")}::text
    and c.search_text like all (${arg("parts")}::text[])`;
}

function beginsSql(arg: TermArgument): RawBuilder<unknown> {
  return sql`starts_with(c.search_text, ${arg("prefix")}::text)`;
}

// Filtered outside: the best of a rare filter would be sought through the whole company.
function bestSql(arg: HitsArgument): RawBuilder<unknown> {
  return sql`(
    select c.company_id, c.id, c.search_text, c.lead_score, c.created_at, c.last_message_at, c.deleted_at,
      c.temperature, c.stage, c.organization_id, c.owner_user_id
    from contacts c where ${filterSql("everyone", arg)}
    order by c.lead_score desc, c.id desc limit ${sql.lit(bestPeople)}
  )`;
}
