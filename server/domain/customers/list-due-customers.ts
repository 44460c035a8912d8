import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { reachArgs } from "../reach/reach.ts";
import { type ListedCustomer, listedColumns } from "./listed-customer.ts";
import { type Among, type Narrowing, narrowed } from "./narrowed.ts";

export type DueCustomer = ListedCustomer & { state: "due" | "overdue" };

/** The first day of their time, or the last one in the list of those whose time is over. */
export type DueCursor = { on: string; id: number };

export type DueQuery = { limit: number; cursor?: DueCursor; ownerUserId?: number; state?: "overdue" };

/**
 * Whose time to come again has begun by their own rhythm and who has no visit ahead, longest waiting first: the median of the days
 * between their visits, give or take its spread. Days are the company's.
 */
export async function listDueCustomers(ctx: Ctx, query: DueQuery): Promise<Page<DueCustomer, DueCursor>> {
  const { limit, cursor = { on: "-infinity", id: 0 }, ownerUserId = null, state } = query;
  const statement = state === "overdue" ? overdue : due;
  const args = {
    companyId: ctx.companyId,
    now: ctx.now().toISOString(),
    ...cursor,
    ownerUserId,
    parts: null,
    count: limit + 1,
    ...reachArgs(ctx),
  };
  const rows = await ctx.db.all(statement(args));
  return pageOf(rows, limit, (row) => ({
    on: (state === "overdue" ? row.dueUntilOn : row.dueFromOn) ?? "infinity",
    id: row.contactId,
  }));
}

type Args = Narrowing & { companyId: number; now: string; on: string; id: number; count: number };

const due = narrowed((among) => listBy(sql`r.due_from_on`, sql`<=`, among));
const overdue = narrowed((among) => listBy(sql`r.due_until_on`, sql`<`, among));

// Person and next visit are asked of each row in turn: as joins they make the planner sort the whole company for a page of it.
function listBy(day: RawBuilder<unknown>, reaches: RawBuilder<unknown>, among: Among) {
  return prepared<Args>()((_db, arg) => {
    const today = sql`(select (${arg("now")}::timestamptz at time zone s.time_zone)::date from company_settings s
      where s.company_id = ${arg("companyId")}::bigint)`;
    return sql<DueCustomer>`
      select ${listedColumns}, case when r.due_until_on < ${today} then 'overdue' else 'due' end as state
      from (
        select r.contact_id, ${day} as day from customer_records r
        where r.company_id = ${arg("companyId")}::bigint and ${day} ${reaches} ${today}
          and (${day}, r.contact_id) > (${arg("on")}::date, ${arg("id")}::bigint)
          and ${among(arg, sql`r.owner_user_id`)}
          and (select c.deleted_at is null from contacts c where c.company_id = r.company_id and c.id = r.contact_id)
          and (select a.id from appointments a where a.company_id = r.company_id and a.contact_id = r.contact_id
            and a.deleted_at is null and a.status in ('booked', 'confirmed') and a.starts_at >= ${arg("now")}::timestamptz limit 1) is null
        order by ${day}, r.contact_id limit ${arg("count")}::int
      ) f
      join customer_records r on r.company_id = ${arg("companyId")}::bigint and r.contact_id = f.contact_id
      join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = f.contact_id
      order by f.day, f.contact_id`;
  });
}
