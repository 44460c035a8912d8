import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { eventColumns, type JournalEvent } from "./event.ts";
import { type SightArgs, sightArgs, visibleSql } from "./may-see.ts";

export type TimelineQuery = { limit: number; cursor?: TimeCursor; types?: string[] };

/** Everything that happened with one person and the caller may see, newest first. */
export async function listTimeline(
  ctx: Ctx,
  contactId: number,
  query: TimelineQuery,
): Promise<Page<JournalEvent, TimeCursor>> {
  await requireContact(ctx, contactId);
  const { limit, cursor = newestFirst, types = [] } = query;
  const rows = await ctx.db.all(
    eventsOfContact({
      ...{ companyId: ctx.companyId, contactId, named: types, ...cursor, count: limit + 1 },
      ...sightArgs(ctx),
    }),
  );
  return pageOf(rows, limit, (event) => ({ at: event.occurredAt, id: event.id }));
}

type TimelineArgs = SightArgs & {
  companyId: number;
  contactId: number;
  named: string[];
  at: string;
  id: number;
  count: number;
};

const eventsOfContact = prepared<TimelineArgs>()(
  (_db, arg) => sql<JournalEvent>`
    select ${eventColumns}
    from events e left join users u on e.actor_kind = 'user' and u.id = e.actor_id
    where e.company_id = ${arg("companyId")}::bigint and e.contact_id = ${arg("contactId")}::bigint
      and (e.occurred_at, e.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      and (cardinality(${arg("named")}::text[]) = 0 or e.type = any(${arg("named")}::text[])) and ${visibleSql(arg)}
    order by e.occurred_at desc, e.id desc limit ${arg("count")}::int`,
);
