import { sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { closeDeal } from "./close-deal.ts";
import { canonicalAmount, checkDealFields } from "./deal-fields.ts";
import { isClosed } from "./deal-stage.ts";
import { getDeal } from "./get-deal.ts";
import { resolveStage, type StagePlace } from "./resolve-stage.ts";

/** A deal that something makes by itself; the origin key makes it once. It begins where the default pipeline does. */
export type AutomaticDeal = {
  originKey: string;
  contactId: number;
  title: string;
  description: string;
  /** Decimal text. */
  value: string;
  /** The company's own where null. */
  currency: string | null;
};

/** The same deals as createDeal makes one by one, in a few statements for all. People who are not there get none. */
export async function createDealsOnce(tx: TxCtx, deals: AutomaticDeal[]): Promise<void> {
  if (deals.length === 0) return;
  const place = await resolveStage(tx, {});
  const rows = JSON.stringify(deals.map(rowOf));
  const { pipelineId, stageId, stage, probability } = place;
  const args = { companyId: tx.companyId, rows, pipelineId, stageId, stage, probability, closed: isClosed(stage) };
  const created = await tx.tx.all(insertDeals({ ...args, now: tx.now().toISOString() }));
  await recordEvents(
    tx,
    created.map(({ id, contactId, title, value, currency }) => ({
      type: "deal.created",
      subject: { kind: "deal", id },
      contactId,
      after: { title, value, currency, stage },
    })),
  );
  // A pipeline whose first stage is an end is a strange one, but a company may arrange it so.
  if (isClosed(stage)) for (const { id } of created) await closeDeal(tx, await getDeal(tx, id));
}

function rowOf({ originKey, contactId, title, description, value, currency }: AutomaticDeal) {
  checkDealFields({ title, value, currency: currency ?? undefined });
  return { origin_key: originKey, contact_id: contactId, title, description, value: canonicalAmount(value), currency };
}

type Created = { id: number; contactId: number; title: string; value: string; currency: string };

type InsertArgs = StagePlace & { companyId: number; rows: string; stage: DealStage; closed: boolean; now: string };

const insertDeals = prepared<InsertArgs>()(
  (_db, arg) => sql<Created>`
    insert into deals (company_id, contact_id, organization_id, lead_id, pipeline_id, stage_id, stage, title, description, value,
      currency, probability, owner_user_id, origin_key, closed_at, created_at, updated_at)
    select c.company_id, c.id, c.organization_id, l.id, ${arg("pipelineId")}::bigint, ${arg("stageId")}::bigint, ${arg("stage")}::text,
      r.title, r.description, r.value, coalesce(r.currency, s.currency), ${arg("probability")}::int, c.owner_user_id, r.origin_key,
      case when ${arg("closed")}::boolean then ${arg("now")}::timestamptz end, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (origin_key text, contact_id bigint, title text, description text, value numeric,
      currency text)
    join company_settings s on s.company_id = ${arg("companyId")}::bigint
    join contacts c on c.company_id = s.company_id and c.id = r.contact_id and c.deleted_at is null
    left join leads l on l.company_id = c.company_id and l.contact_id = c.id and l.closed_at is null and l.deleted_at is null
    on conflict (company_id, origin_key) where origin_key is not null do nothing
    returning id, contact_id as "contactId", title, trim_scale(value) as value, currency`,
);
