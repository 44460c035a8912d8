import { type RawBuilder, sql } from "kysely";
import { notOfDeletedSql } from "../contacts/not-of-deleted.ts";

/** A task `t` of a deleted person is in no list until the person is back; one about nobody always is. */
export const taskStandsSql: RawBuilder<unknown> = notOfDeletedSql({
  companyId: sql`t.company_id`,
  contactId: sql`t.contact_id`,
});
