import type { Static } from "typebox";
import { firstGiven } from "../../../shared/first-given.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { NewContact } from "../../domain/contacts/create-contact.ts";
import type { SharedContactBody } from "./shared-contact-schemas.ts";
import { stageOfWord } from "./shared-contact-words.ts";

export function parseSharedContact(body: Static<typeof SharedContactBody>): NewContact {
  return withoutUndefined({
    name: body.name,
    firstName: firstGiven(body.first_name, body.firstName),
    lastName: firstGiven(body.last_name, body.lastName),
    phone: firstGiven(body.phone_number, body.phone, body.mobile),
    email: body.email,
    company: firstGiven(body.company, body.organization),
    position: firstGiven(body.position, body.jobTitle),
    stage: body.lead_status === undefined ? undefined : stageOfWord(body.lead_status),
    leadScore: body.lead_score,
    source: body.source,
    notes: body.notes,
    lastContactedAt: firstGiven(body.last_contacted_at, body.lastContactDate),
    nextFollowUpAt: firstGiven(body.next_follow_up_at, body.nextFollowUp),
    tags: body.tags,
  });
}
