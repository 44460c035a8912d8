import type * as View from "../../../../shared/v1/contact.ts";
import type { Contact, ContactItem } from "../../../domain/contacts/contact.ts";

export function presentContactItem(contact: ContactItem): View.ContactItem {
  return {
    id: contact.id,
    name: contact.name,
    phone: contact.phone,
    email: contact.email,
    company: contact.company,
    position: contact.position,
    stage: contact.stage,
    temperature: contact.temperature,
    lead_score: contact.leadScore,
    source: contact.source,
    notes: contact.notes,
    last_contacted_at: contact.lastContactedAt,
    next_follow_up_at: contact.nextFollowUpAt,
    last_message_at: contact.lastMessageAt,
    unread_count: contact.unreadCount,
    avatar_url: contact.avatarUrl,
    version: contact.version,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
  };
}

export function presentContact(contact: Contact): View.Contact {
  return {
    ...presentContactItem(contact),
    first_name: contact.firstName,
    last_name: contact.lastName,
    organization_id: contact.organizationId,
    owner_user_id: contact.ownerUserId,
    country: contact.country,
    language: contact.language,
    do_not_contact: contact.doNotContact,
    custom: contact.custom,
  };
}
