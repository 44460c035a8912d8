import type { Role } from "../../shared/roles.ts";
import type { Db, Queries } from "../db/connection.ts";
import { everyone, type Reach } from "./reach/reach.ts";
import { steadyNow } from "./steady-now.ts";

/** Who does it. `open` is the caller that an operator let in without a token; `contact` the person who wrote. */
export type Actor =
  | { kind: "user"; userId: number; role: Role }
  | { kind: "api_key"; keyId: number; role: Role }
  | { kind: "open"; role: Role }
  | { kind: "contact"; contactId: number }
  | { kind: "system" };

export type { Role };

/** What every use case gets: whose data, who asks, the clock, and reads. Writes want a TxCtx. */
export type Ctx = {
  db: Reads;
  companyId: number;
  actor: Actor;
  /** Whose people the caller sees; the system sees all. */
  reach: Reach;
  now: () => Date;
  requestId?: string;
  /** Opens a transaction, or joins the one that is already open. */
  transact: <Result>(work: (tx: TxCtx) => Promise<Result>) => Promise<Result>;
};

export type Reads = Pick<Queries, "all" | "first"> & { slow: Pick<Queries, "all" | "first"> };

/** The same inside one transaction: its reads see its own writes, and only it can write. */
export type TxCtx = Ctx & { tx: Queries };

export type CtxOptions = {
  db: Db;
  companyId: number;
  actor: Actor;
  reach?: Reach;
  now?: () => Date;
  requestId?: string;
};

/** A context on the database itself; each transact() is a transaction of its own. */
export function createCtx(options: CtxOptions): Ctx {
  const { db, reach = everyone, now = steadyNow, ...rest } = options;
  const ctx: Ctx = {
    ...rest,
    db,
    reach,
    now,
    transact: (work) => db.transaction((tx) => work(inTransaction(ctx, tx))),
  };
  return ctx;
}

/** The context inside an open transaction; transact() joins it. */
export function inTransaction(ctx: Ctx, tx: Queries): TxCtx {
  const joined: TxCtx = { ...ctx, db: { ...tx, slow: tx }, tx, transact: (work) => work(joined) };
  return joined;
}

/** The person behind a request, where there is one. */
export function actingUserId(ctx: Ctx): number | null {
  return ctx.actor.kind === "user" ? ctx.actor.userId : null;
}
