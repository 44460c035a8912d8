import { type RawBuilder, sql } from "kysely";

/** A text on a person, a deal, a lead or an organization. On a person it is an activity too. */
export type Note = {
  id: number;
  contactId: number | null;
  dealId: number | null;
  leadId: number | null;
  organizationId: number | null;
  /** Empty where it has none. */
  title: string;
  body: string;
  /** Members named in it. */
  mentions: number[];
  userId: number | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const noteColumns: RawBuilder<unknown> = sql`
  n.id, n.contact_id as "contactId", n.deal_id as "dealId", n.lead_id as "leadId", n.organization_id as "organizationId", n.title, n.body,
  n.mentions, n.user_id as "userId", n.version, n.created_at as "createdAt", n.updated_at as "updatedAt"`;
