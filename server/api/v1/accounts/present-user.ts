import type * as View from "../../../../shared/v1/user.ts";
import type { NewUser } from "../../../domain/accounts/create-user.ts";
import type { Invitation } from "../../../domain/accounts/invitation.ts";
import { displayName, type User } from "../../../domain/accounts/user.ts";

export function presentUser(user: User): View.User {
  return {
    id: user.id,
    email: user.email,
    name: displayName(user),
    first_name: user.firstName,
    last_name: user.lastName,
    role: user.role,
    has_password: user.hasPassword,
    last_signed_in_at: user.lastSignedInAt,
    created_at: user.createdAt,
  };
}

export function presentInvitation(invitation: Invitation): View.Invitation {
  return {
    id: invitation.id,
    email: invitation.email,
    role: invitation.role,
    invited_by: invitation.invitedBy,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
    accepted_at: invitation.acceptedAt,
    revoked_at: invitation.revokedAt,
  };
}

/** A name in one piece is cut at its first space, where its parts are not given. */
export function parseNewUser(body: View.NewUser): NewUser {
  const [first = "", ...rest] = (body.name ?? "").trim().split(/\s+/);
  return {
    email: body.email,
    role: body.role,
    firstName: body.first_name?.trim() ?? first,
    lastName: body.last_name?.trim() ?? rest.join(" "),
    ...(body.password === undefined ? {} : { password: body.password }),
  };
}
