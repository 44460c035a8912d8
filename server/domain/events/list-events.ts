import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { eventColumns, type JournalEvent } from "./event.ts";
import { type SightArgs, sightArgs, visibleSql } from "./may-see.ts";

export type EventQuery = {
  limit: number;
  /** The id of the last event of the page before. */
  cursor?: number;
  types?: string[];
  /** One record's history. */
  subject?: { kind: string; id: number };
};

/** The journal of a company as far as the caller may see it, last written first: who did what, with before and after. */
export async function listEvents(ctx: Ctx, query: EventQuery): Promise<Page<JournalEvent, number>> {
  const { limit, cursor = Number.MAX_SAFE_INTEGER, types = [], subject } = query;
  const args = { companyId: ctx.companyId, named: types, cursor, count: limit + 1, ...sightArgs(ctx) };
  if (subject) {
    const rows = await ctx.db.all(eventsOfSubject({ ...args, subjectKind: subject.kind, subjectId: subject.id }));
    return pageOf(rows, limit, (event) => event.id);
  }
  if (ctx.reach.ownerIds !== null) return eventsInReach(ctx, args, limit);
  return pageOf(await ctx.db.all(eventsOfCompany(args)), limit, (event) => event.id);
}

/** Who sees some people only may have to look far: a page ends after so many lines, and the next one goes on there. */
const mostWalked = 5_000;

async function eventsInReach(ctx: Ctx, args: JournalArgs, limit: number): Promise<Page<JournalEvent, number>> {
  const end = await ctx.db.first(eventAfter({ companyId: args.companyId, cursor: args.cursor, walked: mostWalked }));
  const page = pageOf(await ctx.db.all(eventsWalked({ ...args, end: end?.id ?? 0 })), limit, (event) => event.id);
  return { items: page.items, next: page.next ?? end?.id ?? null };
}

const eventAfter = prepared<{ companyId: number; cursor: number; walked: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from events where company_id = ${arg("companyId")}::bigint and id < ${arg("cursor")}::bigint
    order by id desc limit 1 offset ${arg("walked")}::int`,
);

type JournalArgs = SightArgs & { companyId: number; named: string[]; cursor: number; count: number };

const eventsWalked = prepared<JournalArgs & { end: number }>()(
  (_db, arg) => sql<JournalEvent>`
    select ${eventColumns}
    from events e left join users u on e.actor_kind = 'user' and u.id = e.actor_id
    where e.company_id = ${arg("companyId")}::bigint and e.id < ${arg("cursor")}::bigint and e.id >= ${arg("end")}::bigint
      and (cardinality(${arg("named")}::text[]) = 0 or e.type = any(${arg("named")}::text[])) and ${visibleSql(arg)}
    order by e.id desc limit ${arg("count")}::int`,
);

const eventsOfCompany = prepared<JournalArgs>()(
  (_db, arg) => sql<JournalEvent>`
    select ${eventColumns}
    from events e left join users u on e.actor_kind = 'user' and u.id = e.actor_id
    where e.company_id = ${arg("companyId")}::bigint and e.id < ${arg("cursor")}::bigint
      and (cardinality(${arg("named")}::text[]) = 0 or e.type = any(${arg("named")}::text[])) and ${visibleSql(arg)}
    order by e.id desc limit ${arg("count")}::int`,
);

const eventsOfSubject = prepared<JournalArgs & { subjectKind: string; subjectId: number }>()(
  (_db, arg) => sql<JournalEvent>`
    select ${eventColumns}
    from events e left join users u on e.actor_kind = 'user' and u.id = e.actor_id
    where e.company_id = ${arg("companyId")}::bigint and e.subject_kind = ${arg("subjectKind")}::text
      and e.subject_id = ${arg("subjectId")}::bigint and e.id < ${arg("cursor")}::bigint
      and (cardinality(${arg("named")}::text[]) = 0 or e.type = any(${arg("named")}::text[])) and ${visibleSql(arg)}
    order by e.id desc limit ${arg("count")}::int`,
);
