import type { Contact, ContactItem } from "../../../domain/contacts/contact.ts";

export function presentListed({ id, name, phone, email, lastChatAt, unreadChatCount, avatarUrl }: ContactItem) {
  return {
    _id: String(id),
    name,
    phone,
    email,
    lastMessageAt: lastChatAt,
    unreadCount: unreadChatCount,
    avatar: avatarUrl,
  };
}

export function presentContact(contact: Contact, tags: string[]) {
  return { ...presentListed(contact), tags, notes: contact.notes, createdAt: contact.createdAt };
}
