import type * as Body from "../../../../shared/v1/deal.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { NewDeal } from "../../../domain/deals/create-deal.ts";
import type { DealPatch } from "../../../domain/deals/update-deal.ts";
import { parseMoney } from "../present-money.ts";

export function parseDealPatch(body: Body.DealPatch): DealPatch {
  return withoutUndefined({
    contactId: body.contact_id,
    lostReason: body.lost_reason,
    ...dealFields(body),
  });
}

export function parseNewDeal(body: Body.NewDeal): NewDeal {
  return { contactId: body.contact_id, ...withoutUndefined(dealFields(body)), title: body.title };
}

function dealFields(body: Body.DealPatch) {
  return {
    title: body.title,
    description: body.description,
    value: parseMoney(body.value),
    currency: body.currency,
    stage: body.stage,
    pipelineId: body.pipeline_id,
    stageId: body.stage_id,
    probability: body.probability,
    expectedCloseOn: body.expected_close_on,
    ownerUserId: body.owner_user_id,
    custom: body.custom,
  };
}
