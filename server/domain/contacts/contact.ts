import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import type { Stage, Temperature } from "../../../shared/stages.ts";

/** A person as a list shows them. */
export type ContactItem = {
  id: number;
  name: string;
  /** E.164; null for people whom WhatsApp knows by a user id only. */
  phone: string | null;
  email: string | null;
  /** The organization's name. */
  company: string | null;
  position: string | null;
  stage: Stage;
  temperature: Temperature;
  leadScore: number;
  source: string | null;
  notes: string | null;
  lastContactedAt: string | null;
  nextFollowUpAt: string | null;
  lastMessageAt: string | null;
  unreadCount: number;
  /** The same two by WhatsApp alone, without mails. */
  lastChatAt: string | null;
  unreadChatCount: number;
  avatarUrl: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
};

export type Contact = ContactItem & {
  firstName: string;
  lastName: string;
  organizationId: number | null;
  ownerUserId: number | null;
  country: string | null;
  language: string | null;
  custom: JsonObject;
  doNotContact: boolean;
};

export const contactItemColumns: RawBuilder<unknown> = sql`
  c.id, c.name, c.phone, c.email, o.name as company, c.position, c.stage, c.temperature, c.lead_score as "leadScore", c.source,
  c.notes, c.last_contacted_at as "lastContactedAt", c.next_follow_up_at as "nextFollowUpAt", i.last_message_at as "lastMessageAt",
  i.unread_count as "unreadCount", i.last_chat_at as "lastChatAt", i.unread_chat_count as "unreadChatCount", c.avatar_url as "avatarUrl", c.created_at as "createdAt", c.updated_at as "updatedAt", c.version`;

export const contactColumns: RawBuilder<unknown> = sql`
  ${contactItemColumns}, c.first_name as "firstName", c.last_name as "lastName", o.id as "organizationId",
  c.owner_user_id as "ownerUserId", c.country, c.language, c.custom, c.do_not_contact as "doNotContact"`;

// Left joins by the whole key, although everybody has an inbox row: an inner one is mis-estimated and costs the list its index
// (350/s instead of 12,000).
export const withInboxAndOrganization: RawBuilder<unknown> = sql`
  left join contact_inbox i on i.company_id = c.company_id and i.contact_id = c.id
  left join organizations o on o.company_id = c.company_id and o.id = c.organization_id and o.deleted_at is null`;
