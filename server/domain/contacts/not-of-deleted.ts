import { type RawBuilder, sql } from "kysely";

type OfPerson = { companyId: unknown; contactId: RawBuilder<unknown> };

/**
 * Of rows that may name a person: that the person is not deleted. Looked up row by row in the index of the deleted alone: as "not
 * exists" the planner may put all deleted people into a table first, and the list loses its order.
 */
export function notOfDeletedSql({ companyId, contactId }: OfPerson): RawBuilder<unknown> {
  return sql`(select gone.id from contacts gone
    where gone.company_id = ${companyId} and gone.id = ${contactId} and gone.deleted_at is not null) is null`;
}
