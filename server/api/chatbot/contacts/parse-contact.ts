import type { Static } from "typebox";
import { firstGiven } from "../../../../shared/first-given.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Contact } from "../../../domain/contacts/contact.ts";
import type { ContactPatch } from "../../../domain/contacts/contact-fields.ts";
import { stageOfLeadStatus } from "../lead-status.ts";
import type { ContactBody } from "./contact-schemas.ts";

export function parseContact(body: Static<typeof ContactBody>): ContactPatch {
  return withoutUndefined({
    name: body.name,
    firstName: firstGiven(body.first_name, body.firstName),
    lastName: firstGiven(body.last_name, body.lastName),
    phone: firstGiven(body.phone_number, body.phone, body.mobile),
    email: body.email,
    company: firstGiven(body.company, body.organization),
    position: firstGiven(body.position, body.jobTitle),
    stage: body.lead_status === undefined ? undefined : stageOfLeadStatus(body.lead_status),
    leadScore: body.lead_score,
    source: body.source,
    notes: body.notes,
    lastContactedAt: firstGiven(body.last_contacted_at, body.lastContactDate),
    nextFollowUpAt: firstGiven(body.next_follow_up_at, body.nextFollowUp),
  });
}

/** Several stages read as one word: a client that sends back the whole contact moves nothing by the word it read. */
export function parseEdit({ temperature }: Contact, body: Static<typeof ContactBody>): ContactPatch {
  const { stage, ...patch } = parseContact(body);
  return stage === undefined || body.lead_status === temperature ? patch : { ...patch, stage };
}
