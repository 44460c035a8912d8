import { type RawBuilder, sql } from "kysely";
import { hasScope } from "../accounts/permissions.ts";
import type { Principal } from "../accounts/principal.ts";
import type { Actor, Role } from "../context.ts";
import type { JournalLine } from "./read-journal.ts";
import { actorIdOf } from "./record-event.ts";

export type Viewer = Pick<Principal, "companyId" | "role" | "scopes" | "actor">;

/** Whether this caller may be told of an event. The rule stands in `sights` alone; lists ask it in SQL, so that their pages stay full. */
export function maySee(
  viewer: Viewer,
  event: Pick<JournalLine, "companyId" | "type" | "actorKind" | "actorId">,
): boolean {
  if (viewer.companyId !== event.companyId || !hasScope(viewer, "read")) return false;
  const { types, ownTypes } = sights[viewer.role];
  if (types.test(event.type)) return true;
  const isOwn = event.actorKind === viewer.actor.kind && event.actorId === actorIdOf(viewer.actor);
  return isOwn && ownTypes.test(event.type);
}

export type SightArgs = { types: string; ownTypes: string; viewerKind: string; viewerId: number | null };

/** The same for a list: these arguments and `visibleSql` on the events `e`. */
export function sightArgs(viewer: Actor): SightArgs {
  const { types, ownTypes } = sights[roleOf(viewer)];
  return { types: types.source, ownTypes: ownTypes.source, viewerKind: viewer.kind, viewerId: actorIdOf(viewer) };
}

// Inside of coalesce the planner takes it for a coin's toss; a pattern it does not know it takes for rare, and leaves the list's index.
export function visibleSql(arg: <Key extends keyof SightArgs>(key: Key) => SightArgs[Key]): RawBuilder<unknown> {
  return sql`coalesce(e.type ~ ${arg("types")}::text or (e.type ~ ${arg("ownTypes")}::text
    and e.actor_kind = ${arg("viewerKind")}::text and e.actor_id = ${arg("viewerId")}::bigint), false)`;
}

/** Patterns of event types, in the words that JavaScript's and PostgreSQL's expressions have in common. */
type Sight = {
  types: RegExp;
  /** Only what the viewer did. */
  ownTypes: RegExp;
};

const everything: Sight = { types: /^/, ownTypes: /^$/ };

const allButCredentials: Sight = {
  types: /^(?!(api_key|webhook|gateway_secret|refresh_token|password_reset)\.|user\.(password|sign_in_link))/,
  ownTypes: /^$/,
};

// Named one by one: an event that is new stays hidden until somebody decides that it is people's work.
const peoplesWork: Sight = {
  types:
    /^((contact|contact_merge|customer_record|conversation|message|lead|deal|task|activity|note|attachment|organization|consent|appointment|tag|template)\.|channel\.problem_|bot\.reply_refused)/,
  ownTypes: /^(change_set|import)\./,
};

const sights: Record<Role, Sight> = {
  admin: everything,
  manager: allButCredentials,
  salesperson: peoplesWork,
  secretariat: peoplesWork,
};

function roleOf(viewer: Actor): Role {
  switch (viewer.kind) {
    case "user":
    case "api_key":
    case "open":
      return viewer.role;
    case "system":
      return "admin";
    case "contact":
      return "secretariat";
  }
}
