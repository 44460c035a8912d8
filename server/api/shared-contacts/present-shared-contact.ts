import { underscoreJid } from "../../../shared/phone/jid.ts";
import type { ContactItem } from "../../domain/contacts/contact.ts";

/** A person with the fields of both dialects. */
export function presentSharedContact(contact: ContactItem) {
  return {
    id: `contact_${contact.id}`,
    _id: String(contact.id),
    name: contact.name,
    phone_number: contact.phone === null ? null : underscoreJid(contact.phone),
    phone: contact.phone,
    email: contact.email,
    company: contact.company,
    position: contact.position,
    lead_status: contact.temperature,
    lead_score: contact.leadScore,
    source: contact.source,
    notes: contact.notes,
    last_contacted_at: contact.lastContactedAt,
    next_follow_up_at: contact.nextFollowUpAt,
    lastMessageAt: contact.lastChatAt,
    unreadCount: contact.unreadChatCount,
    avatar: contact.avatarUrl,
    created_at: contact.createdAt,
    createdAt: contact.createdAt,
  };
}
