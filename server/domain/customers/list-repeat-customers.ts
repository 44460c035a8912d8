import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { type ListedCustomer, listedColumns } from "./listed-customer.ts";

export type RepeatCursor = { completed: number; id: number };

export type RepeatQuery = { limit: number; cursor?: RepeatCursor; ownerUserId?: number };

/** People who came more than once, those who came most often first. */
export async function listRepeatCustomers(ctx: Ctx, query: RepeatQuery): Promise<Page<ListedCustomer, RepeatCursor>> {
  const { limit, cursor, ownerUserId = null } = query;
  const { completed, id } = cursor ?? { completed: 2_147_483_647, id: Number.MAX_SAFE_INTEGER };
  const rows = await ctx.db.all(
    repeatAfter({ companyId: ctx.companyId, completed, id, ownerUserId, count: limit + 1 }),
  );
  return pageOf(rows, limit, (row) => ({ completed: row.appointmentsCompleted, id: row.contactId }));
}

type Args = { companyId: number; completed: number; id: number; ownerUserId: number | null; count: number };

const repeatAfter = prepared<Args>()(
  (_db, arg) => sql<ListedCustomer>`
    select ${listedColumns}
    from customer_records r join contacts c on c.company_id = r.company_id and c.id = r.contact_id
    where r.company_id = ${arg("companyId")}::bigint and r.appointments_completed >= 2
      and (r.appointments_completed, r.contact_id) < (${arg("completed")}::int, ${arg("id")}::bigint)
      and c.deleted_at is null and (${arg("ownerUserId")}::bigint is null or c.owner_user_id = ${arg("ownerUserId")}::bigint)
    order by r.appointments_completed desc, r.contact_id desc limit ${arg("count")}::int`,
);
