import { type RawBuilder, sql } from "kysely";
import { type CustomerStatus, statisticsColumns, type VisitStatistics } from "./customer-record.ts";

/** A person in a list of customers. */
export type ListedCustomer = VisitStatistics & {
  contactId: number;
  name: string;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  ownerUserId: number | null;
  customerStatus: CustomerStatus;
  lastContactedAt: string | null;
};

export const listedColumns: RawBuilder<unknown> = sql`
  c.id as "contactId", c.name, c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone, c.owner_user_id as "ownerUserId",
  coalesce(r.customer_status, 'new') as "customerStatus", c.last_contacted_at as "lastContactedAt", ${statisticsColumns}`;
