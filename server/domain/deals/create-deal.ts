import { sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { requireMember } from "../accounts/require-member.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { closeDeal } from "./close-deal.ts";
import type { Deal } from "./deal.ts";
import { canonicalAmount, checkDealFields } from "./deal-fields.ts";
import { isClosed } from "./deal-stage.ts";
import { findDealByOrigin, getDeal } from "./get-deal.ts";
import { resolveStage, type StagePlace } from "./resolve-stage.ts";

export type NewDeal = {
  contactId: number;
  title: string;
  description?: string | null;
  /** Decimal text; 0 where not said. */
  value?: string;
  /** The company's own where not said. */
  currency?: string;
  stage?: DealStage;
  pipelineId?: number;
  stageId?: number;
  /** The stage's own where not said. */
  probability?: number;
  expectedCloseOn?: string | null;
  ownerUserId?: number | null;
  /** The person's where not said. */
  organizationId?: number | null;
  /** The person's open one where not said. */
  leadId?: number;
  custom?: JsonObject;
  /** What makes it by itself, so that it is made once. */
  originKey?: string;
};

export async function createDeal(ctx: Ctx, input: NewDeal): Promise<Deal> {
  checkDealFields(input);
  return ctx.transact(async (tx) => {
    const place = await resolveStage(tx, input);
    await requireMember(tx, "ownerUserId", input.ownerUserId);
    const surroundings = await tx.db.first(
      dealSurroundings({ companyId: tx.companyId, contactId: input.contactId, ...reachArgs(tx) }),
    );
    if (!surroundings) throw notFound("contact", input.contactId);
    const custom = await mergeCustom(tx, "deal", {}, input.custom ?? {});
    const id = await insert(tx, { ...input, custom }, place, surroundings);
    if (id === undefined) return madeBefore(tx, input.originKey);
    const deal = await getDeal(tx, id);
    await recordEvent(tx, {
      type: "deal.created",
      subject: { kind: "deal", id },
      contactId: deal.contactId,
      after: { title: deal.title, value: deal.value, currency: deal.currency, stage: deal.stage },
    });
    await closeDeal(tx, deal);
    return deal;
  });
}

type Surroundings = {
  organizationId: number | null;
  leadId: number | null;
  currency: string;
  ownerUserId: number | null;
};

const dealSurroundings = prepared<{ companyId: number; contactId: number } & ReachArgs>()(
  (_db, arg) => sql<Surroundings>`
    select c.organization_id as "organizationId", l.id as "leadId", s.currency, c.owner_user_id as "ownerUserId"
    from contacts c join company_settings s on s.company_id = c.company_id
    left join leads l on l.company_id = c.company_id and l.contact_id = c.id and l.closed_at is null and l.deleted_at is null
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("contactId")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);

async function insert(tx: TxCtx, input: NewDeal, place: StagePlace, around: Surroundings): Promise<number | undefined> {
  const now = tx.now().toISOString();
  const { pipelineId, stageId, stage } = place;
  const row = await tx.tx.first(
    insertDeal({
      companyId: tx.companyId,
      contactId: input.contactId,
      organizationId: input.organizationId === undefined ? around.organizationId : input.organizationId,
      leadId: input.leadId ?? around.leadId,
      ...{ pipelineId, stageId, stage },
      title: input.title,
      description: input.description ?? null,
      value: canonicalAmount(input.value ?? "0"),
      currency: input.currency ?? around.currency,
      probability: input.probability ?? place.probability,
      expectedCloseOn: input.expectedCloseOn ?? null,
      ownerUserId: input.ownerUserId === undefined ? around.ownerUserId : input.ownerUserId,
      originKey: input.originKey ?? null,
      custom: JSON.stringify(input.custom ?? {}),
      closedAt: isClosed(stage) ? now : null,
      now,
    }),
  );
  return row?.id;
}

type InsertArgs = {
  companyId: number;
  contactId: number;
  organizationId: number | null;
  leadId: number | null;
  pipelineId: number;
  stageId: number;
  stage: DealStage;
  title: string;
  description: string | null;
  value: string;
  currency: string;
  probability: number;
  expectedCloseOn: string | null;
  ownerUserId: number | null;
  originKey: string | null;
  custom: string;
  closedAt: string | null;
  now: string;
};

const insertDeal = prepared<InsertArgs>()(
  (_db, arg) => sql<{ id: number }>`
    insert into deals (company_id, contact_id, organization_id, lead_id, pipeline_id, stage_id, stage, title, description, value,
      currency, probability, expected_close_on, owner_user_id, origin_key, custom, closed_at, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("organizationId")}::bigint, ${arg("leadId")}::bigint,
      ${arg("pipelineId")}::bigint, ${arg("stageId")}::bigint, ${arg("stage")}::text, ${arg("title")}::text,
      ${arg("description")}::text, ${arg("value")}::numeric, ${arg("currency")}::text, ${arg("probability")}::int,
      ${arg("expectedCloseOn")}::date, ${arg("ownerUserId")}::bigint, ${arg("originKey")}::text, ${arg("custom")}::jsonb,
      ${arg("closedAt")}::timestamptz, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, origin_key) where origin_key is not null do nothing
    returning id`,
);

// Only an origin key can stand in an insert's way.
async function madeBefore(tx: TxCtx, originKey: string | undefined): Promise<Deal> {
  const deal = originKey === undefined ? undefined : await findDealByOrigin(tx, originKey);
  if (!deal) throw notFound("deal");
  return deal;
}
