import { type RawBuilder, sql } from "kysely";
import type { BoundStatement } from "../../db/prepared.ts";
import { inReachSql, type ReachArgs } from "../reach/reach.ts";
import { soughtSql } from "./listed-customer.ts";

/** How a list of customers is narrowed: by the caller's reach, to one owner, and to what people are found by. */
export type Narrowing = ReachArgs & { ownerUserId: number | null; parts: string[] | null };

type NarrowingArgument = <Key extends keyof Narrowing>(key: Key) => Narrowing[Key];

/** Where counting stops: each customer is looked up for it, a hundred thousand take 140 ms. */
export const mostCounted = 10_000;

/** The condition on people `c`; `owner` is the column that holds theirs in the index which the list follows. */
export type Among = (arg: NarrowingArgument, owner: RawBuilder<unknown>) => RawBuilder<unknown>;

/**
 * A statement of its own for each way to narrow. PostgreSQL plans each once: of "this owner, or any" it expected a two-hundredth of
 * what there is, and sorted a company for a page instead of following the order's index. What is sought is planned for its words.
 */
export function narrowed<Args extends Narrowing, Row>(
  build: (among: Among) => (args: Args) => BoundStatement<Row>,
): (args: Args) => BoundStatement<Row> {
  const all = build(anybody);
  const owned = build(ofOwner);
  const found = build(sought(anybody));
  const foundOfOwner = build(sought(ofOwner));
  return (args) => {
    const { parts, ownerUserId } = args;
    if (parts === null) return ownerUserId === null ? all(args) : owned(args);
    return { ...(ownerUserId === null ? found(args) : foundOfOwner(args)), name: "" };
  };
}

const anybody: Among = (arg, owner) => inReachSql(arg, owner);

const ofOwner: Among = (arg, owner) => sql`${inReachSql(arg, owner)} and ${owner} = ${arg("ownerUserId")}::bigint`;

function sought(among: Among): Among {
  return (arg, owner) => sql`${among(arg, owner)} and ${soughtSql(arg)}`;
}
