import { type RawBuilder, sql } from "kysely";
import type { Actor } from "../context.ts";
import { forbidden, invalid } from "../domain-error.ts";

/** How far a caller sees: whose people (null: everybody's), whether also those that nobody owns, and whether phone numbers are hidden. */
export type Reach = { ownerIds: readonly number[] | null; seesUnowned: boolean; masksPhones: boolean };

export const everyone: Reach = { ownerIds: null, seesUnowned: false, masksPhones: false };

/** Which text a statement has: what nobody is kept from costs nothing, and one owner's index is read in its order. */
export type ReachKind = "everyone" | "one" | "several" | "one or unowned" | "several or unowned";

export type ReachArgs = { reach: readonly number[] | null; reachKind: ReachKind };

export type ReachArgument = <Key extends keyof ReachArgs>(key: Key) => ReachArgs[Key];

/** The arguments of `inReachSql`. */
export function reachArgs(ctx: { reach: Reach }): ReachArgs {
  return { reach: ctx.reach.ownerIds, reachKind: kindOf(ctx.reach) };
}

/** The condition of every list and read on people's rows: `owner` is the person's owner (contacts.owner_user_id). */
export function inReachSql(arg: ReachArgument, owner: RawBuilder<unknown>): RawBuilder<unknown> {
  switch (arg("reachKind")) {
    case "everyone":
      return sql`true`;
    case "one":
      return sql`${owner} = (${arg("reach")}::bigint[])[1]`;
    case "several":
      return sql`${owner} = any(${arg("reach")}::bigint[])`;
    case "one or unowned":
      return sql`(${owner} = (${arg("reach")}::bigint[])[1] or ${owner} is null)`;
    case "several or unowned":
      return sql`(${owner} = any(${arg("reach")}::bigint[]) or ${owner} is null)`;
  }
}

/** Everybody whose people are seen, as an array. */
export function ownersSql(arg: ReachArgument): RawBuilder<unknown> {
  return sql`${arg("reach")}::bigint[]`;
}

/** Whether nobody's people are seen, for a function of the database that is told both. */
export function seesUnownedSql(arg: ReachArgument): RawBuilder<unknown> {
  return sql.lit(arg("reachKind").endsWith("or unowned"));
}

type OfPerson = { companyId: unknown; contactId: RawBuilder<unknown> };

/** The same of rows that name a person, as a condition that stands by itself: the planner may begin with the people or with the rows. */
export function personInReachSql(arg: ReachArgument, { companyId, contactId }: OfPerson): RawBuilder<unknown> {
  if (arg("reachKind") === "everyone") return sql`true`;
  return sql`exists (select from contacts in_reach
    where in_reach.company_id = ${companyId} and in_reach.id = ${contactId} and ${inReachSql(arg, sql`in_reach.owner_user_id`)})`;
}

/**
 * The same for a condition with alternatives. Looked up row by row: below an "or" PostgreSQL would put all people in reach into a
 * table first (60 ms of 30,000).
 */
export function orPersonInReachSql(arg: ReachArgument, { companyId, contactId }: OfPerson): RawBuilder<unknown> {
  if (arg("reachKind") === "everyone") return sql`true`;
  const owner = sql`(select in_reach.owner_user_id from contacts in_reach
    where in_reach.company_id = ${companyId} and in_reach.id = ${contactId})`;
  return sql`(${contactId} is not null and ${inReachSql(arg, owner)})`;
}

/** Whether a person of this owner is seen. */
export function isInReach(ctx: { reach: Reach }, ownerUserId: number | null): boolean {
  const { ownerIds, seesUnowned } = ctx.reach;
  if (ownerIds === null) return true;
  return ownerUserId === null ? seesUnowned : ownerIds.includes(ownerUserId);
}

/** Refuses what shows or changes the whole company to those who see some of its people only. */
export function requireWholeReach(ctx: { reach: Reach }): void {
  if (ctx.reach.ownerIds !== null)
    throw forbidden("This is about the whole company, and your role sees some of its people only.");
}

/** Refuses to give a person away to somebody whose people the caller does not see: they would be gone at once, unnoticed. */
export function requireOwnerInReach(ctx: { reach: Reach }, ownerUserId: number | null): void {
  if (isInReach(ctx, ownerUserId)) return;
  throw invalid("ownerUserId", "Your role can give people only to those whose people it sees.");
}

/** The owner of a new person where none is named: whoever sees only some people keeps what they bring in. */
export function ownerOfNew(ctx: { reach: Reach; actor: Actor }): number | null {
  const { ownerIds } = ctx.reach;
  if (ownerIds === null) return null;
  return ctx.actor.kind === "user" ? ctx.actor.userId : (ownerIds[0] ?? null);
}

/** Whether a search could spell out a number that the caller may not see; it finds nothing then. */
export function asksForHidden(ctx: { reach: Reach }, query: string): boolean {
  return ctx.reach.masksPhones && /\d\D{0,2}\d\D{0,2}\d/.test(query);
}

function kindOf({ ownerIds, seesUnowned }: Reach): ReachKind {
  if (ownerIds === null) return "everyone";
  const owned = ownerIds.length === 1 ? "one" : "several";
  return seesUnowned ? `${owned} or unowned` : owned;
}
