import { type RawBuilder, sql } from "kysely";
import { orPersonInReachSql, ownersSql, type ReachArgument } from "../reach/reach.ts";

/** A task `t` is seen by whoever it was given to, by who sees its person, and one of nobody about nobody by who wrote it. */
export function taskInReachSql(arg: ReachArgument): RawBuilder<unknown> {
  if (arg("reachKind") === "everyone") return sql`true`;
  const owners = ownersSql(arg);
  return sql`(t.assignee_user_id = any(${owners})
    or ${orPersonInReachSql(arg, { companyId: sql`t.company_id`, contactId: sql`t.contact_id` })}
    or t.contact_id is null and t.assignee_user_id is null and t.created_by = any(${owners}))`;
}
