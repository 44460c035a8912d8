import { queryOptions } from "@tanstack/react-query";
import type { CreatedInvitation, Invitation, InvitationMail, NewInvitation } from "../../../shared/v1/user.ts";
import { apiPaths } from "../paths.ts";
import { allPages } from "./all-pages.ts";
import { request } from "./request.ts";

/** What a link says before it is used. */
export type HeldInvitation = { email: string; role: string; company_name: string };

export type Acceptance = { token: string; password: string; first_name: string; last_name: string };

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => allPages<Invitation>(apiPaths.invitations, signal),
});

/** An earlier invitation to the same address ends. */
export function invite(input: NewInvitation, idempotencyKey: string): Promise<CreatedInvitation> {
  return request(apiPaths.invitations({}), { method: "POST", body: input, idempotencyKey });
}

/** Sends the link, which only who made it holds, to the address it is for. */
export function mailInvitation(id: number, token: string): Promise<InvitationMail> {
  return request(apiPaths.invitationMail(id), { method: "POST", body: { token }, timeoutMs: 60_000 });
}

export function revokeInvitation(id: number): Promise<void> {
  return request(apiPaths.invitation(id), { method: "DELETE" });
}

export function heldInvitationQuery(token: string) {
  return queryOptions({
    queryKey: ["held-invitation", token],
    queryFn: ({ signal }) => request<HeldInvitation>(apiPaths.heldInvitation(token), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function acceptInvitation(acceptance: Acceptance): Promise<unknown> {
  return request(apiPaths.acceptInvitation, { method: "POST", body: acceptance });
}
