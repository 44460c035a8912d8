import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import type { Stage } from "../../../shared/stages.ts";

/** One pursuit of a person. `number` is the company's own count, shown as LEAD-nnn. */
export type Lead = {
  id: number;
  number: number;
  contactId: number;
  contactName: string;
  organizationId: number | null;
  ownerUserId: number | null;
  ownerName: string | null;
  stage: Stage;
  source: string | null;
  need: string | null;
  /** Exact decimal text. */
  budget: string | null;
  budgetCurrency: string | null;
  referral: JsonObject | null;
  custom: JsonObject;
  version: number;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
};

export const leadColumns: RawBuilder<unknown> = sql`
  l.id, l.number, l.contact_id as "contactId", c.name as "contactName", l.organization_id as "organizationId",
  l.owner_user_id as "ownerUserId", l.owner_name as "ownerName", l.stage, l.source, l.need, trim_scale(l.budget) as budget,
  l.budget_currency as "budgetCurrency", l.referral, l.custom, l.version, l.created_at as "createdAt",
  l.updated_at as "updatedAt", l.closed_at as "closedAt"`;

/** LEAD-007: at least three digits. leadCodeSql says the same. */
export function leadCode(number: number): string {
  return `LEAD-${String(number).padStart(3, "0")}`;
}

export function leadCodeSql(number: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`'LEAD-' || lpad(${number}::text, greatest(3, length(${number}::text)), '0')`;
}
