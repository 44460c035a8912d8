import { type Static, Type } from "typebox";
import { roles } from "../roles.ts";
import { id, oneOf, text, time, version } from "./fields.ts";

const people = oneOf(["own", "team", "all"]);
const phones = oneOf(["full", "masked"]);
const seesUnowned = Type.Boolean({ description: "Beside their own or their team's: people whom nobody owns." });

/** What a role sees. */
export const RoleReach = Type.Object({ role: oneOf(roles), people, sees_unowned: seesUnowned, phones, version });
export type RoleReach = Static<typeof RoleReach>;

export const RoleReachPatch = Type.Object({
  people: Type.Optional(people),
  sees_unowned: Type.Optional(seesUnowned),
  phones: Type.Optional(phones),
});
export type RoleReachPatch = Static<typeof RoleReachPatch>;

const memberIds = Type.Array(id, { maxItems: 500 });

export const Team = Type.Object({
  id,
  name: Type.String(),
  member_ids: memberIds,
  version,
  created_at: time,
  updated_at: time,
});
export type Team = Static<typeof Team>;

export const NewTeam = Type.Object({ name: text(100), member_ids: Type.Optional(memberIds) });
export type NewTeam = Static<typeof NewTeam>;

export const TeamPatch = Type.Partial(NewTeam);
export type TeamPatch = Static<typeof TeamPatch>;
