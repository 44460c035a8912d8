import type { UserLink } from "../../../../shared/v1/user.ts";

export const noLink: UserLink = { token: null, path: null };

/** Where the web app asks who was invited for a password. */
export function invitationLink(token: string): UserLink {
  return { token, path: `/invitation/${token}` };
}

/** Where the web app lets somebody in with this token. */
export function linkTo(token: string): UserLink {
  return { token, path: `/sign-in/${token}` };
}
