import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type ScheduledStatus = {
  status: "sent" | "delivered" | "read" | "played" | "failed";
  /** When it happens, and when we are told of it. */
  happensAt: Date;
  dueAt: Date;
  copies: number;
  errors?: Json;
};

/** Webhooks about one message, told by a worker when they are due. */
export async function scheduleStatuses(tx: TxCtx, messageId: number, statuses: ScheduledStatus[]): Promise<void> {
  const rows = statuses.map(({ status, happensAt, dueAt, copies, errors = null }) => ({
    status,
    happened_at: happensAt.toISOString(),
    due_at: dueAt.toISOString(),
    copies,
    errors,
  }));
  await tx.tx.run(insertStatuses({ companyId: tx.companyId, messageId, rows: JSON.stringify(rows) }));
}

export async function scheduleTemplateWebhook(
  tx: TxCtx,
  webhook: { templateId: number; status: string; at: Date },
): Promise<void> {
  const { templateId, status, at } = webhook;
  await tx.tx.run(insertReview({ companyId: tx.companyId, templateId, status, at: at.toISOString() }));
}

const insertStatuses = prepared<{ companyId: number; messageId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into simulator_webhooks (company_id, message_id, status, errors, happened_at, due_at, copies)
    select ${arg("companyId")}::bigint, ${arg("messageId")}::bigint, r.status, nullif(r.errors, 'null'), r.happened_at, r.due_at, r.copies
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (status text, errors jsonb, happened_at timestamptz, due_at timestamptz, copies smallint)`,
);

// An edit begins the review anew: the verdict of the text before is not told any more.
const insertReview = prepared<{ companyId: number; templateId: number; status: string; at: string }>()(
  (_db, arg) => sql<never>`
    with void as (
      delete from simulator_webhooks where company_id = ${arg("companyId")} and template_id = ${arg("templateId")}::bigint
    )
    insert into simulator_webhooks (company_id, template_id, status, happened_at, due_at)
    values (${arg("companyId")}::bigint, ${arg("templateId")}::bigint, ${arg("status")}::text, ${arg("at")}::timestamptz,
      ${arg("at")}::timestamptz)`,
);
