import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Lead } from "../../../domain/leads/lead.ts";
import type { LeadPatch } from "../../../domain/leads/lead-fields.ts";
import { parseMoney } from "../money.ts";
import { idOrNull } from "../read-ids.ts";
import type { LeadBody } from "./lead-schemas.ts";
import { stageOfWord, statusWord } from "./lead-words.ts";

/** All but the status, which depends on where the lead stands. */
export function parseLead(body: Static<typeof LeadBody>): LeadPatch {
  return withoutUndefined({
    source: body.source,
    firstName: body.firstName,
    lastName: body.lastName,
    email: body.email === "" ? null : body.email,
    phone: body.phone === "" ? null : body.phone,
    notes: body.notes,
    estimatedValue: parseMoney(body.estimatedValue),
    metadata: body.metadata,
    ownerUserId: idOrNull(body.assignedSalesId, "user", "assignedSalesId"),
  });
}

/** Several stages read as one word, so that the word which a lead has already leaves it in the stage that it is in. */
export function stageOf(lead: Lead, { status }: Static<typeof LeadBody>): Pick<LeadPatch, "stage"> {
  if (status === undefined || status === null) return {};
  return statusWord(lead.stage) === status ? {} : { stage: stageOfWord(status) };
}
