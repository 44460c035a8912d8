import type { Db, Queries } from "../../db/connection.ts";
import { type Actor, type Ctx, createCtx, inTransaction, type TxCtx } from "../context.ts";

/** What a use case gets that runs before anybody, and so any company, is known: sign-in, invitations, first start. */
export type Instance = { db: Db; now: () => Date; requestId?: string };

const system: Actor = { kind: "system" };

export function ctxOfCompany(instance: Instance, companyId: number, actor: Actor = system): Ctx {
  return createCtx({ ...instance, companyId, actor });
}

/** The company's context inside a transaction that was opened before the company was known. */
export function txOfCompany(instance: Instance, queries: Queries, companyId: number, actor: Actor = system): TxCtx {
  return inTransaction(ctxOfCompany(instance, companyId, actor), queries);
}
