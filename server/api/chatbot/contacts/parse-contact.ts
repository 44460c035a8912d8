import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { ContactPatch } from "../../../domain/contacts/contact-fields.ts";
import { stageOfLeadStatus } from "../lead-status.ts";
import type { ContactBody } from "./contact-schemas.ts";

export function parseContact(body: Static<typeof ContactBody>): ContactPatch {
  return withoutUndefined({
    name: body.name,
    phone: body.phone_number === undefined ? body.phone : body.phone_number,
    email: body.email,
    company: body.company,
    position: body.position,
    stage: body.lead_status === undefined ? undefined : stageOfLeadStatus(body.lead_status),
    leadScore: body.lead_score,
    source: body.source,
    notes: body.notes,
    lastContactedAt: body.last_contacted_at,
    nextFollowUpAt: body.next_follow_up_at,
  });
}
