import { type RawBuilder, sql } from "kysely";
import { orPersonInReachSql, type ReachArgument } from "../reach/reach.ts";

/** A note `n` is seen with its person, on its own or by its deal or lead; one on an organization alone by everybody, as organizations are. */
export function noteInReachSql(arg: ReachArgument): RawBuilder<unknown> {
  const person = orPersonInReachSql(arg, { companyId: sql`n.company_id`, contactId: sql`n.contact_id` });
  return arg("reachKind") === "everyone" ? sql`true` : sql`(n.contact_id is null or ${person})`;
}
