import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** Members who see each other's people where their role's reach is the team. */
export type Team = {
  id: number;
  name: string;
  memberIds: number[];
  version: number;
  createdAt: string;
  updatedAt: string;
};

/** All teams, by name. */
export async function listTeams(ctx: Ctx): Promise<Team[]> {
  return ctx.db.all(allTeams({ companyId: ctx.companyId }));
}

export async function getTeam(ctx: Ctx, teamId: number): Promise<Team> {
  const team = await ctx.db.first(teamById({ companyId: ctx.companyId, teamId }));
  if (!team) throw notFound("team", teamId);
  return team;
}

const teamColumns: RawBuilder<unknown> = sql`t.id, t.name, array(
  select m.user_id from team_members m where m.company_id = t.company_id and m.team_id = t.id order by m.user_id
) as "memberIds", t.version, t.created_at as "createdAt", t.updated_at as "updatedAt"`;

const allTeams = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Team>`
    select ${teamColumns} from teams t where t.company_id = ${arg("companyId")}::bigint order by t.name_key limit 1000`,
);

const teamById = prepared<{ companyId: number; teamId: number }>()(
  (_db, arg) => sql<Team>`
    select ${teamColumns} from teams t
    where t.company_id = ${arg("companyId")}::bigint and t.id = ${arg("teamId")}::bigint`,
);
