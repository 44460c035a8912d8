import type { UserLink } from "../../../../shared/v1/user.ts";

export const noLink: UserLink = { token: null, path: null };

/** Where the web app lets somebody in with this token. */
export function linkTo(token: string): UserLink {
  return { token, path: `/sign-in/${token}` };
}
