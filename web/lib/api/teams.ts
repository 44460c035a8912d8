import { queryOptions } from "@tanstack/react-query";
import type { NewTeam, RoleReach, RoleReachPatch, Team, TeamPatch } from "../../../shared/v1/reach.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: ({ signal }) => request<{ data: Team[] }>(apiPaths.teams, { signal }),
});

export function createTeam(team: NewTeam, idempotencyKey: string): Promise<Team> {
  return request(apiPaths.teams, { method: "POST", body: team, idempotencyKey });
}

export function saveTeam({ id, version }: Team, patch: TeamPatch): Promise<Team> {
  return request(apiPaths.team(id), { method: "PATCH", body: patch, ifMatch: `"v${version}"` });
}

export function deleteTeam(id: number): Promise<void> {
  return request(apiPaths.team(id), { method: "DELETE" });
}

/** What each role sees. */
export const roleReachesQuery = queryOptions({
  queryKey: ["role-reaches"],
  queryFn: ({ signal }) => request<{ data: RoleReach[] }>(apiPaths.roleReaches, { signal }),
});

export function saveRoleReach(role: string, patch: RoleReachPatch): Promise<RoleReach> {
  return request(apiPaths.roleReach(role), { method: "PATCH", body: patch });
}
