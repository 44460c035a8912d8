import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";

/** What is still to do for leads belongs to the deals that were opened for them: tasks and deals of one origin key, where no deal is named. */
export async function linkToDeals(tx: TxCtx, originKeys: string[]): Promise<void> {
  if (originKeys.length === 0) return;
  const now = tx.now().toISOString();
  const linked = await tx.tx.all(linkOpen({ companyId: tx.companyId, originKeys, now }));
  await recordEvents(
    tx,
    linked.map(({ id, contactId, dealId, title }) => ({
      type: "task.updated",
      subject: { kind: "task", id },
      contactId,
      before: { dealId: null },
      after: { dealId },
      data: { title },
    })),
  );
}

type Linked = { id: number; contactId: number | null; dealId: number; title: string };

const linkOpen = prepared<{ companyId: number; originKeys: string[]; now: string }>()(
  (_db, arg) => sql<Linked>`
    update tasks t set deal_id = d.id, version = t.version + 1, updated_at = ${arg("now")}::timestamptz
    from deals d
    where t.company_id = ${arg("companyId")}::bigint and t.origin_key = any(${arg("originKeys")}::text[]) and t.deal_id is null
      and t.deleted_at is null and t.status in ('backlog', 'todo', 'in_progress')
      and d.company_id = t.company_id and d.origin_key = t.origin_key and d.contact_id = t.contact_id and d.deleted_at is null
    returning t.id, t.contact_id as "contactId", t.deal_id as "dealId", t.title`,
);
