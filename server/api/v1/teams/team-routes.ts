import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { listOf } from "../../../../shared/v1/fields.ts";
import { NewTeam, Team, TeamPatch } from "../../../../shared/v1/reach.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { type Team as DomainTeam, getTeam, listTeams } from "../../../domain/reach/team.ts";
import { createTeam, deleteTeam, updateTeam } from "../../../domain/reach/write-team.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forAdmins } from "../accounts/for-admins.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["teams"];
type Params = Static<typeof ById>;

/** Teams, whose members see each other's people where their role's reach is the team. */
export function teamRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/teams",
    { ...forAdmins, schema: { summary: "All teams, by name", tags, response: { 200: listOf(Team) } } },
    async (request) => ({ data: (await listTeams(ctxOf(request))).map(presentTeam) }),
  );
  app.get<{ Params: Params }>(
    "/v1/teams/:id",
    { ...forAdmins, schema: { summary: "One team", tags, params: ById, response: { 200: Team } } },
    async (request, reply) => tagged(reply, presentTeam(await getTeam(ctxOf(request), idIn(request.params, "team")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewTeam }>(
    "/v1/teams",
    { ...forAdmins, schema: { summary: "Make a team", tags, body: NewTeam, response: { 201: Team } } },
    async (request, reply) => {
      const team = await createTeam(ctxOf(request), { name: request.body.name, ...membersOf(request.body) });
      return created(reply, "/v1/teams", presentTeam(team));
    },
  );
  app.patch<{ Params: Params; Body: TeamPatch }>(
    "/v1/teams/:id",
    {
      ...forAdmins,
      schema: {
        summary: "Rename a team or give it other members",
        tags,
        params: ById,
        body: TeamPatch,
        response: { 200: Team },
      },
    },
    async (request, reply) => {
      const patch = { ...withoutUndefined({ name: request.body.name }), ...membersOf(request.body) };
      const team = await updateTeam(ctxOf(request), idIn(request.params, "team"), patch, ifMatch(request));
      return tagged(reply, presentTeam(team));
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/teams/:id",
    { ...forAdmins, schema: { summary: "Delete a team", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteTeam(ctxOf(request), idIn(request.params, "team"));
      reply.code(204);
    },
  );
}

function membersOf({ member_ids: memberIds }: { member_ids?: number[] }) {
  return withoutUndefined({ memberIds });
}

function presentTeam({ id, name, memberIds, version, createdAt, updatedAt }: DomainTeam): Team {
  return { id, name, member_ids: memberIds, version, created_at: createdAt, updated_at: updatedAt };
}
