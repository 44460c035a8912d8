import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";

export type Organization = {
  id: number;
  name: string;
  website: string | null;
  industry: string | null;
  size: string | null;
  phone: string | null;
  address: string | null;
  notes: string | null;
  custom: JsonObject;
  ownerUserId: number | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const organizationColumns: RawBuilder<unknown> = sql`
  o.id, o.name, o.website, o.industry, o.size, o.phone, o.address, o.notes, o.custom, o.owner_user_id as "ownerUserId",
  o.version, o.created_at as "createdAt", o.updated_at as "updatedAt"`;
