import type { DealStage } from "../../../shared/deal-stages.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { requireMember } from "../accounts/require-member.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { changedFields } from "../events/changed-fields.ts";
import { type NewEvent, recordEvents } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { closeDeal } from "./close-deal.ts";
import type { Deal } from "./deal.ts";
import { canonicalAmount, checkDealFields } from "./deal-fields.ts";
import { isClosed } from "./deal-stage.ts";
import { getDeal } from "./get-deal.ts";
import { lockDeal } from "./lock-deal.ts";
import { resolveStage } from "./resolve-stage.ts";
import { writeDeal } from "./write-deal.ts";

/** Only what is given changes; null clears. */
export type DealPatch = {
  contactId?: number;
  title?: string;
  description?: string | null;
  value?: string;
  currency?: string;
  stage?: DealStage;
  pipelineId?: number;
  stageId?: number;
  probability?: number;
  expectedCloseOn?: string | null;
  ownerUserId?: number | null;
  /** Keys given are set, null removes one, other keys stay. */
  custom?: JsonObject;
  lostReason?: string | null;
};

/** Without a probability a new stage brings its own. A closed stage sets the closing time, an open one clears it. */
export async function updateDeal(
  ctx: Ctx,
  dealId: number,
  patch: DealPatch,
  options: { ifVersion?: number } = {},
): Promise<Deal> {
  checkDealFields(patch);
  return ctx.transact(async (tx) => {
    await lockDeal(tx, dealId);
    const before = await getDeal(tx, dealId);
    requireVersion("deal", before.version, options.ifVersion);
    const after = await patched(tx, before, patch);
    if (!changedFields(before, after)) return before;
    await writeDeal(tx, after);
    const written = await getDeal(tx, dealId);
    await recordEvents(tx, editEvents(before, after));
    if (before.stage !== written.stage) await closeDeal(tx, written);
    return written;
  });
}

async function patched(tx: TxCtx, deal: Deal, patch: DealPatch): Promise<Deal> {
  const { stage, stageId, pipelineId, ...fields } = withoutUndefined({ ...patch });
  if (patch.contactId !== undefined && patch.contactId !== deal.contactId) await requireContact(tx, patch.contactId);
  if (patch.ownerUserId !== undefined) await requireMember(tx, "ownerUserId", patch.ownerUserId);
  const edited = {
    ...deal,
    ...fields,
    value: canonicalAmount(fields.value ?? deal.value),
    custom: await mergeCustom(tx, "deal", deal.custom, patch.custom ?? {}),
  };
  const moves = stage !== undefined || stageId !== undefined || pipelineId !== undefined;
  if (!moves) return edited;
  if (stage === deal.stage && stageId === undefined && (pipelineId ?? deal.pipelineId) === deal.pipelineId)
    return edited;
  // A pipeline alone keeps the word; a stage id may lead into another pipeline by itself.
  const place = await resolveStage(tx, {
    pipelineId: pipelineId ?? (stageId === undefined ? deal.pipelineId : undefined),
    stageId,
    stage: stage ?? (stageId === undefined ? deal.stage : undefined),
  });
  if (place.stageId === deal.stageId) return edited;
  return {
    ...edited,
    ...place,
    probability: patch.probability ?? (place.stage === deal.stage ? deal.probability : place.probability),
    closedAt: closingTime(tx, deal, place.stage),
  };
}

function closingTime(tx: TxCtx, deal: Deal, stage: DealStage): string | null {
  if (!isClosed(stage)) return null;
  return stage === deal.stage ? deal.closedAt : tx.now().toISOString();
}

function editEvents(before: Deal, after: Deal): NewEvent[] {
  const subject = { kind: "deal", id: before.id } as const;
  const contactId = after.contactId;
  const { stage: oldStage, stageId: _oldStage, probability: oldOdds, closedAt: _oldClose, ...oldFields } = before;
  const { stage, stageId, probability, closedAt: _close, ...fields } = after;
  const moved = stageId !== before.stageId;
  const edit = changedFields(
    moved ? oldFields : { ...oldFields, probability: oldOdds },
    moved ? fields : { ...fields, probability },
  );
  return [
    ...(edit ? [{ type: "deal.updated", subject, contactId, ...edit }] : []),
    ...(moved
      ? [
          {
            type: "deal.stage_changed",
            subject,
            contactId,
            before: { stage: oldStage, stageId: before.stageId, probability: oldOdds },
            after: { stage, stageId, probability },
          },
        ]
      : []),
  ];
}
