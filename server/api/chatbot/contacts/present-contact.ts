import type { ContactItem } from "../../../domain/contacts/contact.ts";
import { presentPhone } from "../phone-number.ts";

export function presentContact(contact: ContactItem) {
  return {
    id: `contact_${contact.id}`,
    phone_number: presentPhone(contact.phone),
    name: contact.name,
    email: contact.email,
    company: contact.company,
    position: contact.position,
    lead_status: contact.temperature,
    lead_score: contact.leadScore,
    source: contact.source,
    notes: contact.notes,
    last_contacted_at: contact.lastContactedAt,
    next_follow_up_at: contact.nextFollowUpAt,
    created_at: contact.createdAt,
  };
}
