import { queryOptions } from "@tanstack/react-query";
import type { Role } from "../../../shared/roles.ts";
import type { MePatch } from "../../../shared/v1/user.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

/** The fields of the caller that the pages use. */
export type Me = {
  id: number | null;
  email: string | null;
  name: string;
  first_name: string;
  last_name: string;
  role: Role;
  has_password: boolean;
  company_name: string;
  /** Where the journal was when this was asked: before any screen was loaded. */
  live_position: string;
};

export type SignIn = { email: string; password: string } | { token: string };

/** Who is signed in; fails with 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => request<Me>(apiPaths.session, { signal }),
  staleTime: 60_000,
});

export function signIn(credentials: SignIn): Promise<Me> {
  return request(apiPaths.session, { method: "POST", body: credentials });
}

export function signOut(): Promise<unknown> {
  return request(apiPaths.session, { method: "DELETE" });
}

/** A new address needs the password besides. */
export function saveMe(patch: MePatch): Promise<unknown> {
  return request(apiPaths.me, { method: "PATCH", body: patch });
}

export type PasswordChange = { newPassword: string; currentPassword?: string };

export function changePassword({ newPassword, currentPassword }: PasswordChange): Promise<unknown> {
  return request(apiPaths.changePassword, {
    method: "POST",
    body: { newPassword, ...(currentPassword === undefined ? {} : { currentPassword }) },
  });
}
