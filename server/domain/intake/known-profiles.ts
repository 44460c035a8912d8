import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** What is known of a person before a message is read. `leadId` is their open lead. */
export type KnownProfile = {
  id: number;
  name: string;
  email: string | null;
  position: string | null;
  company: string | null;
  leadId: number | null;
  country: string | null;
  phone: string | null;
};

export async function knownProfiles(tx: TxCtx, contactIds: number[]): Promise<KnownProfile[]> {
  return tx.tx.all(selectProfiles({ companyId: tx.companyId, contactIds }));
}

const selectProfiles = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<KnownProfile>`
    select c.id, c.name, c.email, c.position, o.name as company, l.id as "leadId", c.country, c.phone
    from contacts c
    left join organizations o on o.company_id = c.company_id and o.id = c.organization_id
    left join leads l on l.company_id = c.company_id and l.contact_id = c.id and l.closed_at is null and l.deleted_at is null
    where c.company_id = ${arg("companyId")} and c.id = any(${arg("contactIds")}::bigint[])`,
);
