import type * as Body from "../../../../shared/v1/contact.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { ContactPatch } from "../../../domain/contacts/contact-fields.ts";
import type { ContactFilter } from "../../../domain/contacts/contact-filter.ts";
import type { ContactSort } from "../../../domain/contacts/contact-order.ts";
import type { NewContact } from "../../../domain/contacts/create-contact.ts";

export function parseContactPatch(body: Body.ContactPatch): ContactPatch {
  return withoutUndefined({
    name: body.name,
    firstName: body.first_name,
    lastName: body.last_name,
    phone: body.phone,
    email: body.email,
    company: body.company,
    organizationId: body.organization_id,
    position: body.position,
    source: body.source,
    notes: body.notes,
    stage: body.stage,
    leadScore: body.lead_score,
    ownerUserId: body.owner_user_id,
    language: body.language,
    avatarUrl: body.avatar_url,
    lastContactedAt: body.last_contacted_at,
    nextFollowUpAt: body.next_follow_up_at,
    doNotContact: body.do_not_contact,
    custom: body.custom,
  });
}

export function parseNewContact(body: Body.NewContact): NewContact {
  return { ...parseContactPatch(body), ...withoutUndefined({ phones: body.phones, tags: body.tags }) };
}

export function parseContactFilter(query: Body.ContactQuery): ContactFilter {
  return withoutUndefined({
    stage: query.stage,
    temperature: query.temperature,
    tagId: query.tag_id,
    organizationId: query.organization_id,
    ownerUserId: query.owner_user_id,
  });
}

export const sortOf: Record<(typeof Body.contactSorts)[number], ContactSort> = {
  created_at: "createdAt",
  lead_score: "leadScore",
  last_message_at: "lastMessageAt",
  name: "name",
};
