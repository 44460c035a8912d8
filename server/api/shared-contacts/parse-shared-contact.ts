import type { Static } from "typebox";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { NewContact } from "../../domain/contacts/create-contact.ts";
import type { SharedContactBody } from "./shared-contact-schemas.ts";
import { stageOfWord } from "./shared-contact-words.ts";

export function parseSharedContact(body: Static<typeof SharedContactBody>): NewContact {
  return withoutUndefined({
    name: body.name,
    phone: body.phone_number === undefined ? body.phone : body.phone_number,
    email: body.email,
    company: body.company,
    position: body.position,
    stage: body.lead_status === undefined ? undefined : stageOfWord(body.lead_status),
    leadScore: body.lead_score,
    source: body.source,
    notes: body.notes,
    lastContactedAt: body.last_contacted_at,
    nextFollowUpAt: body.next_follow_up_at,
    tags: body.tags,
  });
}
