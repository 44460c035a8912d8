import { type RawBuilder, sql } from "kysely";

/**
 * Whether the membership `m` sees a person: the rule of inReachSql for whoever is to be told, whose reach no request brings along. What
 * is about nobody is told to all.
 */
export function memberSeesSql(contactId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${contactId} is null or not exists (
    select from role_reaches rr
    where rr.company_id = m.company_id and rr.role = m.role and rr.people <> 'all' and not exists (
      select from contacts p
      where p.company_id = m.company_id and p.id = ${contactId} and case
        when p.owner_user_id is null then rr.sees_unowned
        when p.owner_user_id = m.user_id then true
        else rr.people = 'team' and exists (
          select from team_members t join team_members o on o.company_id = t.company_id and o.team_id = t.team_id
          where t.company_id = m.company_id and t.user_id = m.user_id and o.user_id = p.owner_user_id) end)))`;
}
