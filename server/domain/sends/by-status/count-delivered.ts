import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";

/** Counts messages that were delivered just now, by number, month and kind; called once for each. */
export async function countDelivered(tx: TxCtx, messageIds: number[]): Promise<void> {
  if (messageIds.length > 0) await tx.tx.run(addDelivered({ companyId: tx.companyId, messageIds }));
}

// The month is UTC's, as WhatsApp bills. What is written outside the window is a template, and a template has a category.
const addDelivered = prepared<{ companyId: number; messageIds: number[] }>()(
  (_db, arg) => sql<never>`
    insert into channel_months (company_id, channel_account_id, month_on, category, delivered)
    select ${arg("companyId")}::bigint, s.channel_account_id,
      date_trunc('month', coalesce(m.delivered_at, m.read_at, m.played_at) at time zone 'UTC')::date, k.category, count(*)
    from outbound_sends s
    join messages m on m.company_id = s.company_id and m.id = s.message_id
    cross join lateral (
      select case when m.type <> 'template' then 'service'
        when s.template_category = 'utility' and not s.outside_window then 'utility_in_window'
        else coalesce(s.template_category, s.purpose) end as category
    ) k
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = any(${arg("messageIds")}::bigint[])
    group by 2, 3, 4 order by 2, 3, 4
    on conflict (company_id, channel_account_id, month_on, category) do update set delivered = channel_months.delivered + excluded.delivered`,
);
