import { queryOptions } from "@tanstack/react-query";
import type { User, UserLink, UserPatch } from "../../../shared/v1/user.ts";
import { apiPaths } from "../paths.ts";
import { allPages } from "./all-pages.ts";
import { request } from "./request.ts";

/** The team. It changes rarely. */
export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: ({ signal }) => allPages<User>(apiPaths.users, signal),
  staleTime: 60_000,
});

export function changeRole(id: number, role: UserPatch["role"]): Promise<User> {
  return request(apiPaths.user(id), { method: "PATCH", body: { role } });
}

/** Their records stay and belong to nobody; their sessions end. */
export function removeMember(id: number): Promise<void> {
  return request(apiPaths.user(id), { method: "DELETE" });
}

/** A link that lets somebody in once: to come in first, or to choose a new password. */
export function makeUserLink(id: number, kind: "sign-in-link" | "password-reset"): Promise<UserLink> {
  return request(apiPaths.userLink(id, kind), { method: "POST" });
}
