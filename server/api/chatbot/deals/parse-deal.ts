import type { Static } from "typebox";
import type { DealStage } from "../../../../shared/deal-stages.ts";
import { firstGiven } from "../../../../shared/first-given.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { NewDeal } from "../../../domain/deals/create-deal.ts";
import type { DealPatch } from "../../../domain/deals/update-deal.ts";
import { readId } from "../../http/read-id.ts";
import { parseMoney } from "../money.ts";
import type { DealBody, NewDealBody, stageWords } from "./deal-schemas.ts";

export function parseNewDeal(body: Static<typeof NewDealBody>): NewDeal {
  return { ...parseFields(body), contactId: readId(body.contact_id, "contact"), title: body.title };
}

export function parseDeal(body: Static<typeof DealBody>): DealPatch {
  const contactId = body.contact_id === undefined ? undefined : readId(body.contact_id, "contact");
  return withoutUndefined({ ...parseFields(body), contactId, title: body.title });
}

export function stageOfWord(word: (typeof stageWords)[number]): DealStage {
  if (word === "initial") return "prospecting";
  return word === "closing" ? "negotiation" : word;
}

function parseFields(body: Static<typeof DealBody>) {
  return withoutUndefined({
    description: body.description,
    value: parseMoney(firstGiven(body.value, body.deal_value, body.estimatedValue)),
    currency: body.currency?.toUpperCase(),
    stage: body.stage === undefined ? undefined : stageOfWord(body.stage),
    probability: body.probability,
    expectedCloseOn: dateOf(body.expected_close_date),
  });
}

// Clients that send a time mean its day.
function dateOf(text: string | null | undefined): string | null | undefined {
  if (text === "") return null;
  return text?.replace(/^(\d{4}-\d{2}-\d{2})T.*$/, "$1");
}
