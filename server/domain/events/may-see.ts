import { type RawBuilder, sql } from "kysely";
import { hasScope } from "../accounts/permissions.ts";
import type { Principal } from "../accounts/principal.ts";
import type { Actor, Ctx, Role } from "../context.ts";
import { isInReach, orPersonInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import type { JournalLine } from "./read-journal.ts";
import { actorIdOf } from "./record-event.ts";

export type Viewer = Pick<Principal, "companyId" | "role" | "scopes" | "actor" | "reach">;

/** Whether this caller may be told of an event. The rule stands in `sights` alone; lists ask it in SQL, so that their pages stay full. */
export function maySee(
  viewer: Viewer,
  event: Pick<JournalLine, "companyId" | "type" | "actorKind" | "actorId" | "subjectKind" | "subjectId" | "contactId">,
  ownerOf: OwnerOf = () => undefined,
): boolean {
  if (viewer.companyId !== event.companyId || !hasScope(viewer, "read")) return false;
  if (addressed.test(event.type)) return isAddressee(viewer.actor, event);
  const { types, ownTypes } = sights[viewer.role];
  const isOwn = event.actorKind === viewer.actor.kind && event.actorId === actorIdOf(viewer.actor);
  if (!types.test(event.type) && !(isOwn && ownTypes.test(event.type))) return false;
  if (viewer.reach.ownerIds === null) return true;
  if (event.contactId === null) return event.subjectKind !== "task" || isOwn;
  const owner = ownerOf(event.contactId);
  return owner !== undefined && isInReach(viewer, owner);
}

/** A word to one member: nobody else hears it, whatever their role, and no list shows it. */
const addressed = /^notification\./;

function isAddressee(actor: Actor, event: Pick<JournalLine, "subjectKind" | "subjectId">): boolean {
  return actor.kind === "user" && event.subjectKind === "user" && event.subjectId === actor.userId;
}

/** Who owns a person; undefined where that is not known. */
export type OwnerOf = (contactId: number) => number | null | undefined;

export type SightArgs = ReachArgs & { types: string; ownTypes: string; viewerKind: string; viewerId: number | null };

/** The same for a list: these arguments and `visibleSql` on the events `e`. */
export function sightArgs({ actor, reach }: Pick<Ctx, "actor" | "reach">): SightArgs {
  const { types, ownTypes } = sights[roleOf(actor)];
  const who = { viewerKind: actor.kind, viewerId: actorIdOf(actor) };
  return { types: types.source, ownTypes: ownTypes.source, ...who, ...reachArgs({ reach }) };
}

// Inside of coalesce the planner takes it for a coin's toss; a pattern it does not know it takes for rare, and leaves the list's index.
export function visibleSql(arg: <Key extends keyof SightArgs>(key: Key) => SightArgs[Key]): RawBuilder<unknown> {
  return sql`coalesce(e.type ~ ${arg("types")}::text or (e.type ~ ${arg("ownTypes")}::text
    and e.actor_kind = ${arg("viewerKind")}::text and e.actor_id = ${arg("viewerId")}::bigint), false) and ${ofSeenSql(arg)}`;
}

// What is about no person is everybody's, but a task about nobody is its writer's.
function ofSeenSql(arg: <Key extends keyof SightArgs>(key: Key) => SightArgs[Key]): RawBuilder<unknown> {
  if (arg("reachKind") === "everyone") return sql`true`;
  const person = orPersonInReachSql(arg, { companyId: sql`e.company_id`, contactId: sql`e.contact_id` });
  return sql`case when e.contact_id is not null then ${person} else e.subject_kind <> 'task'
    or (e.actor_kind = ${arg("viewerKind")}::text and e.actor_id = ${arg("viewerId")}::bigint) end`;
}

/** Patterns of event types, in the words that JavaScript's and PostgreSQL's expressions have in common. */
type Sight = {
  types: RegExp;
  /** Only what the viewer did. */
  ownTypes: RegExp;
};

const everything: Sight = { types: /^(?!notification\.)/, ownTypes: /^$/ };

const allButCredentials: Sight = {
  types:
    /^(?!(notification|api_key|webhook|gateway_secret|refresh_token|password_reset)\.|user\.(password|sign_in_link))/,
  ownTypes: /^$/,
};

// Named one by one: an event that is new stays hidden until somebody decides that it is people's work.
const peoplesWork: Sight = {
  types:
    /^((contact|contact_merge|customer_record|conversation|message|lead|deal|task|activity|note|attachment|organization|consent|email|appointment|tag|template)\.|form\.submitted|channel\.problem_|bot\.reply_refused)/,
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
