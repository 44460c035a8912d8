import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

type Number = { companyId: number; phoneNumberId: string; wabaId: string; displayPhone: string };

/** A webhook that is due, with all it takes to write it as Meta would. */
export type DueWebhook = Number & { status: string; happenedAt: string; copies: number; errors: Json } & (
    | { about: "message"; message: DueMessage }
    | { about: "template"; template: DueTemplate }
  );

export type DueMessage = {
  providerId: string;
  callbackData: string | null;
  category: string | null;
  waId: string | null;
  userId: string;
  sentAt: string;
  freeEntryUntil: string | null;
};

export type DueTemplate = { templateId: string; name: string; language: string; category: string };

/**
 * Takes what is due out of the table and notes on the phone what it tells. The caller stores the webhooks in the same
 * transaction: killed at any point, a webhook is either still here or there, and two workers never take the same one.
 */
export async function claimWebhooks(tx: Queries, now: Date, limit: number): Promise<DueWebhook[]> {
  const rows = await tx.all(takeDue({ now: now.toISOString(), limit }));
  if (rows.length === 0) return [];
  await tx.run(noteStatuses({ rows: JSON.stringify(rows.filter(({ messageId }) => messageId !== null)) }));
  await tx.run(noteVerdicts({ rows: JSON.stringify(rows.filter(({ templateRowId }) => templateRowId !== null)) }));
  return rows.flatMap(webhookOf);
}

function webhookOf(row: DueRow): DueWebhook[] {
  const { companyId, phoneNumberId, wabaId, displayPhone, status, happenedAt, copies, errors } = row;
  const common = { companyId, phoneNumberId, wabaId, displayPhone, status, happenedAt, copies, errors };
  if (row.message !== null) return [{ ...common, about: "message", message: row.message }];
  return row.template === null ? [] : [{ ...common, about: "template", template: row.template }];
}

type DueRow = Number & {
  messageId: number | null;
  templateRowId: number | null;
  status: string;
  happenedAt: string;
  copies: number;
  errors: Json;
  message: DueMessage | null;
  template: DueTemplate | null;
};

// In the order of ids, so that statuses asked to come in disorder do, and others don't.
const takeDue = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<DueRow>`
    with due as (
      select company_id, id from simulator_webhooks where due_at <= ${arg("now")}::timestamptz
      order by due_at, id limit ${arg("limit")} for update skip locked
    ), taken as (
      delete from simulator_webhooks w using due d where w.company_id = d.company_id and w.id = d.id
      returning w.company_id, w.id, w.message_id, w.template_id, w.status, w.happened_at, w.due_at, w.copies, w.errors
    )
    select t.company_id as "companyId", t.message_id as "messageId", t.template_id as "templateRowId", t.status,
      t.happened_at as "happenedAt", t.copies, t.errors, a.external_id as "phoneNumberId",
      coalesce(a.waba_id, a.external_id) as "wabaId", coalesce(a.display_phone, '') as "displayPhone",
      case when m.id is not null then jsonb_build_object('providerId', m.provider_id, 'callbackData', m.callback_data,
        'category', m.category, 'waId', p.wa_id, 'userId', p.user_id, 'sentAt', m.sent_at, 'freeEntryUntil', p.free_entry_until) end as message,
      case when s.id is not null then jsonb_build_object('templateId', s.template_id, 'name', s.name, 'language', s.language,
        'category', s.category) end as template
    from taken t
    left join simulator_messages m on m.company_id = t.company_id and m.id = t.message_id
    left join simulator_phones p on p.company_id = t.company_id and p.id = m.phone_id
    left join simulator_templates s on s.company_id = t.company_id and s.id = t.template_id
    join lateral (
      select external_id, waba_id, display_phone from channel_accounts
      where company_id = t.company_id and provider = 'simulator' and (m.id is null or id = m.channel_account_id)
      order by id limit 1
    ) a on true
    order by t.due_at, t.id`,
);

const noteStatuses = prepared<{ rows: string }>()(
  (_db, arg) => sql<never>`
    with ranks as (
      select * from unnest(array['accepted','sent','failed','delivered','read','played']) with ordinality as r (status, rank)
    ), told as (
      select r."companyId", r."messageId", max(k.rank) as rank, min(r."happenedAt") filter (where r.status = 'read') as read_at,
        (array_agg(r.errors) filter (where r.status = 'failed'))[1] as errors
      from jsonb_to_recordset(${arg("rows")}::jsonb)
        as r ("companyId" bigint, "messageId" bigint, status text, "happenedAt" timestamptz, errors jsonb)
      join ranks k on k.status = r.status group by 1, 2
    )
    update simulator_messages m set
      status = case when t.rank > (select rank from ranks where status = m.status) then (select status from ranks where rank = t.rank)
        else m.status end,
      read_at = coalesce(m.read_at, t.read_at), error = coalesce(t.errors, m.error)
    from told t where m.company_id = t."companyId" and m.id = t."messageId"`,
);

const noteVerdicts = prepared<{ rows: string }>()(
  (_db, arg) => sql<never>`
    update simulator_templates s set status = r.status,
      rejected_reason = case when r.status = 'REJECTED' then 'INVALID_FORMAT' else 'NONE' end
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("companyId" bigint, "templateRowId" bigint, status text)
    where s.company_id = r."companyId" and s.id = r."templateRowId"`,
);
