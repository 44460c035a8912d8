import { type Static, Type } from "typebox";
import { roles } from "../roles.ts";
import { id, nullableText, nullableTime, oneOf, paging, text, time } from "./fields.ts";

export const User = Type.Object(
  {
    id,
    email: Type.String(),
    name: Type.String(),
    first_name: Type.String(),
    last_name: Type.String(),
    role: oneOf(roles),
    has_password: Type.Boolean(),
    last_signed_in_at: nullableTime,
    created_at: time,
  },
  { title: "User" },
);
export type User = Static<typeof User>;

/** Without a password the person comes in by a link, which is shown once. */
export const NewUser = Type.Object({
  email: text(254),
  role: oneOf(roles),
  name: Type.Optional(text(200)),
  first_name: Type.Optional(text(100)),
  last_name: Type.Optional(text(100)),
  password: Type.Optional(text(2_000)),
});
export type NewUser = Static<typeof NewUser>;

const link = {
  token: Type.Unsafe<string | null>({
    type: ["string", "null"],
    description: "Shown once; null when an Idempotency-Key is repeated, and where no link is needed.",
  }),
  path: Type.Unsafe<string | null>({
    type: ["string", "null"],
    description: "What follows the address of the server.",
  }),
};

export const CreatedUser = Type.Object({ ...User.properties, ...link });
export type CreatedUser = Static<typeof CreatedUser>;

export const UserLink = Type.Object(link);
export type UserLink = Static<typeof UserLink>;

export const UserPatch = Type.Object({ role: oneOf(roles) });
export type UserPatch = Static<typeof UserPatch>;

export const UserQuery = Type.Object(paging);
export type UserQuery = Static<typeof UserQuery>;

export const Invitation = Type.Object({
  id,
  email: Type.String(),
  role: oneOf(roles),
  invited_by: Type.Unsafe<number | null>({ type: ["integer", "null"] }),
  created_at: time,
  expires_at: time,
  accepted_at: nullableTime,
  revoked_at: nullableTime,
});
export type Invitation = Static<typeof Invitation>;

export const NewInvitation = Type.Object({ email: text(254), role: oneOf(roles) });
export type NewInvitation = Static<typeof NewInvitation>;

export const CreatedInvitation = Type.Object({ ...Invitation.properties, ...link });
export type CreatedInvitation = Static<typeof CreatedInvitation>;

/** The link, which only its maker holds. */
export const InvitationMailing = Type.Object({ token: text(100) });
export type InvitationMailing = Static<typeof InvitationMailing>;

export const InvitationMail = Type.Object({
  mailed: Type.Boolean({ description: "A mail server took it." }),
  message: Type.String({ description: "In words, with what the server said." }),
});
export type InvitationMail = Static<typeof InvitationMail>;

export const Me = Type.Object({
  id: Type.Unsafe<number | null>({ type: ["integer", "null"], description: "null for an API key" }),
  type: oneOf(["user", "api_key", "open"]),
  email: nullableText,
  name: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  role: oneOf(roles),
  scopes: Type.Unsafe<string[] | null>({
    type: ["array", "null"],
    items: { type: "string" },
    description: "an API key's",
  }),
  has_password: Type.Boolean(),
  company: Type.Object({ id, name: Type.String(), slug: Type.String() }),
  subscription: Type.Object({
    status: Type.String(),
    plan: Type.String(),
    ends_at: nullableTime,
    active: Type.Boolean(),
  }),
});
export type Me = Static<typeof Me>;

export const MePatch = Type.Object({
  first_name: Type.Optional(text(100)),
  last_name: Type.Optional(text(100)),
  email: Type.Optional(text(254)),
  current_password: Type.Optional(Type.String({ maxLength: 2_000, description: "to change the address" })),
});
export type MePatch = Static<typeof MePatch>;
