import type { Role } from "../context.ts";
import { everyone, type Reach } from "./reach.ts";

export type PeopleReach = "own" | "team" | "all";

/** What the settings of the caller's role say; nulls where nobody narrowed it. */
export type ReachRow = {
  peopleReach: PeopleReach | null;
  seesUnowned: boolean | null;
  phones: "full" | "masked" | null;
  /** Themselves, or with the members of their teams. */
  reachOwnerIds: number[];
};

/** To be joined to what names a caller. */
export function reachTable(companyId: string, role: string): string {
  return `role_reaches rr on rr.company_id = ${companyId} and rr.role = ${role}`;
}

export function reachColumns(companyId: string, userId: string): string {
  return `rr.people as "peopleReach", rr.sees_unowned as "seesUnowned", rr.phones,
    array(select ${userId} where ${userId} is not null union
      select o.user_id from team_members t join team_members o on o.company_id = t.company_id and o.team_id = t.team_id
      where rr.people = 'team' and t.company_id = ${companyId} and t.user_id = ${userId} order by 1) as "reachOwnerIds"`;
}

/** Nobody can shut out the admins, who alone could mend it. */
export function reachOf(role: Role, { peopleReach, seesUnowned, phones, reachOwnerIds }: ReachRow): Reach {
  if (role === "admin" || peopleReach === null) return everyone;
  const ownerIds = peopleReach === "all" ? null : reachOwnerIds;
  return { ownerIds, seesUnowned: seesUnowned === true, masksPhones: phones === "masked" };
}
