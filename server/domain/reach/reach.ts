import { type RawBuilder, sql } from "kysely";

/** How far a caller sees: whose people (null: everybody's), and whether phone numbers are hidden from them. */
export type Reach = { ownerIds: readonly number[] | null; masksPhones: boolean };

export const everyone: Reach = { ownerIds: null, masksPhones: false };

export type ReachArgs = { reach: readonly number[] | null };

/** The argument of `inReachSql`. */
export function reachArgs(ctx: { reach: Reach }): ReachArgs {
  return { reach: ctx.reach.ownerIds };
}

/** The condition of every list and read on people's rows: `owner` is the person's owner (contacts.owner_user_id). */
export function inReachSql(arg: (key: "reach") => ReachArgs["reach"], owner: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${arg("reach")}::bigint[] is null or ${owner} = any(${arg("reach")}::bigint[]))`;
}
