import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

export type SalesFigures = {
  /** What was logged; `calls` with those missed. */
  communications: { total: number; calls: number; missedCalls: number; emails: number };
  /** What was to be done, by how it stands now. */
  actions: { total: number; pending: number; completed: number; missed: number };
  /** People who came at all, and again, as it stands; the revenue is decimal text. */
  customers: { total: number; repeat: number; totalRevenue: string };
};

export type SalesQuery = {
  /** One member's; all that the caller sees where not said. */
  userId?: number;
  /** Days, both included, in UTC. */
  from?: string;
  to?: string;
};

/** What was said and done on these days, and who came. */
export async function salesFigures(ctx: Ctx, query: SalesQuery): Promise<SalesFigures> {
  const { userId, from = "-infinity", to = "infinity" } = query;
  const userIds = seenAmong(ctx, userId);
  const args = { companyId: ctx.companyId, userIds: userIds === null ? null : [...userIds], from, to };
  const [work, customers] = await Promise.all([
    ctx.db.first(workOf(args)),
    ctx.db.first(userIds === null ? customersOfCompany(args) : customersOf({ ...args, userIds: [...userIds] })),
  ]);
  if (!work || !customers) throw new Error("a count gave no row");
  const { revenue, ...done } = work;
  const { total, repeat } = customers;
  const totalRevenue = customers.revenue ?? revenue;
  return { ...groups(done), customers: { total, repeat, totalRevenue } };
}

/** Whose figures the caller may see of those that are asked for; null for everybody's. */
function seenAmong(ctx: Ctx, userId: number | undefined): readonly number[] | null {
  const { ownerIds } = ctx.reach;
  if (userId === undefined) return ownerIds;
  return ownerIds === null || ownerIds.includes(userId) ? [userId] : [];
}

type Work = {
  communications: number;
  calls: number;
  missedCalls: number;
  emails: number;
  actions: number;
  pending: number;
  completed: number;
  missed: number;
};

function groups({ communications, calls, missedCalls, emails, actions, pending, completed, missed }: Work) {
  return {
    communications: { total: communications, calls, missedCalls, emails },
    actions: { total: actions, pending, completed, missed },
  };
}

type Args = { companyId: number; userIds: number[] | null; from: string; to: string };

// As counted, without what was still to be done for the few who are deleted; what was done stays done.
const workOf = prepared<Args>()(
  (_db, arg) => sql<Work & { revenue: string }>`
    select k.communications, k.calls, k."missedCalls", k.emails, k.actions - d.pending - d.missed as actions,
      k.pending - d.pending as pending, k.completed, k.missed - d.missed as missed, k.revenue
    from (
      select coalesce(sum(communications), 0)::bigint as communications, coalesce(sum(calls), 0)::bigint as calls,
        coalesce(sum(missed_calls), 0)::bigint as "missedCalls", coalesce(sum(emails), 0)::bigint as emails,
        coalesce(sum(actions), 0)::bigint as actions, coalesce(sum(actions_pending), 0)::bigint as pending,
        coalesce(sum(actions_completed), 0)::bigint as completed, coalesce(sum(actions_missed), 0)::bigint as missed,
        trim_scale(coalesce(sum(revenue), 0)) as revenue
      from sales_days
      where company_id = ${arg("companyId")}::bigint and on_day between ${arg("from")}::date and ${arg("to")}::date
        and (${arg("userIds")}::bigint[] is null or user_id = any(${arg("userIds")}::bigint[]))
    ) k, (
      select count(*) filter (where t.status in ('backlog', 'todo', 'in_progress')) as pending,
        count(*) filter (where t.status = 'missed') as missed
      from contacts c join tasks t on t.company_id = c.company_id and t.contact_id = c.id and t.deleted_at is null
      where c.company_id = ${arg("companyId")}::bigint and c.deleted_at is not null
        and (t.created_at at time zone 'UTC')::date between ${arg("from")}::date and ${arg("to")}::date
        and (${arg("userIds")}::bigint[] is null or coalesce(t.assignee_user_id, 0) = any(${arg("userIds")}::bigint[]))
    ) d`,
);

type Customers = { total: number; repeat: number; revenue: string | null };

// As counted, without the few who are deleted.
const customersOfCompany = prepared<Args>()(
  (_db, arg) => sql<Customers>`
    select a.total - d.total as total, a.repeat - d.repeat as repeat, null::numeric as revenue
    from (
      select coalesce(sum(came), 0)::bigint as total, coalesce(sum(came_again), 0)::bigint as repeat
      from customer_counts where company_id = ${arg("companyId")}::bigint
    ) a, (
      select count(*) as total, count(*) filter (where r.appointments_completed >= 2) as repeat
      from contacts c join customer_records r on r.company_id = c.company_id and r.contact_id = c.id
      where c.company_id = ${arg("companyId")}::bigint and c.deleted_at is not null and r.appointments_completed >= 1
    ) d`,
);

// Revenue goes with whose customer it is now: kept by owner and day. Both from an index of that owner alone.
const customersOf = prepared<Args & { userIds: number[] }>()(
  (_db, arg) => sql<Customers>`
    select count(*) as total, count(*) filter (where appointments_completed >= 2) as repeat, (
      select trim_scale(coalesce(sum(revenue), 0)) from owned_revenue_days
      where company_id = ${arg("companyId")}::bigint and owner_user_id = any(${arg("userIds")}::bigint[])
        and on_day between ${arg("from")}::date and ${arg("to")}::date
    ) as revenue
    from customer_records
    where company_id = ${arg("companyId")}::bigint and owner_user_id = any(${arg("userIds")}::bigint[]) and appointments_completed >= 1`,
);
