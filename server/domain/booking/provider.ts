import { type RawBuilder, sql } from "kysely";

/** Who gives services: a member of the team, or somebody without an account. */
export type Provider = {
  id: number;
  name: string;
  userId: number | null;
  serviceIds: number[];
  locationIds: number[];
  active: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const providerColumns: RawBuilder<unknown> = sql`
  p.id, p.name, p.user_id as "userId", p.active, p.version, p.created_at as "createdAt", p.updated_at as "updatedAt",
  array(select s.service_id from provider_services s where s.company_id = p.company_id and s.provider_id = p.id order by 1) as "serviceIds",
  array(select l.location_id from provider_locations l where l.company_id = p.company_id and l.provider_id = p.id order by 1) as "locationIds"`;
