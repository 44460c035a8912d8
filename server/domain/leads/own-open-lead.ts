import { type RawBuilder, sql } from "kysely";

export type OwnLeadArgs = { companyId: number; contactIds: number[] };

/**
 * For `update … x set`, in each table whose rows stand on leads: what of these people stands on a lead that left them, or stayed behind,
 * stands on their own open one, if any.
 */
export function toOwnOpenLeadSql(
  arg: <Key extends keyof OwnLeadArgs>(key: Key) => OwnLeadArgs[Key],
): RawBuilder<never> {
  return sql`
    version = x.version + 1, lead_id = (
      select o.id from leads o
      where o.company_id = x.company_id and o.contact_id = x.contact_id and o.closed_at is null and o.deleted_at is null)
    where x.company_id = ${arg("companyId")}::bigint and x.contact_id = any(${arg("contactIds")}::bigint[]) and x.lead_id is not null
      and not exists (select from leads l where l.company_id = x.company_id and l.id = x.lead_id and l.contact_id = x.contact_id)`;
}
