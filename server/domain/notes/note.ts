import { type RawBuilder, sql } from "kysely";

/** A text on a person, a deal or an organization. */
export type Note = {
  id: number;
  contactId: number | null;
  dealId: number | null;
  organizationId: number | null;
  body: string;
  userId: number | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const noteColumns: RawBuilder<unknown> = sql`
  n.id, n.contact_id as "contactId", n.deal_id as "dealId", n.organization_id as "organizationId", n.body,
  n.user_id as "userId", n.version, n.created_at as "createdAt", n.updated_at as "updatedAt"`;
