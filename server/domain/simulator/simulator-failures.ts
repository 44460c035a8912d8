import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { isFailureKind, isStatusFailure, stageOf, templateRejected, usualDelayMs } from "./failure-kinds.ts";

/** A way in which WhatsApp is asked to fail, until it has done so often enough or is asked to stop. */
export type SimulatorFailure = {
  id: number;
  /** A code of Meta's, or one of the words in failure-kinds.ts. */
  kind: string;
  /** Whether a code is the answer to the call, or comes later as a status. */
  stage: "answer" | "status" | null;
  /** How many sends are still concerned; null: all. */
  remaining: number | null;
  probability: number;
  delayMs: number;
  createdAt: string;
};

export type NewFailure = {
  kind: string;
  stage?: "answer" | "status" | undefined;
  count?: number | undefined;
  probability?: number | undefined;
  delayMs?: number | undefined;
};

const mostAtOnce = 20;

export async function makeFail(ctx: Ctx, input: NewFailure): Promise<SimulatorFailure> {
  const { kind, count = null, probability = 1, delayMs = usualDelayMs(kind) } = input;
  if (!isFailureKind(kind)) throw invalid("kind", "kind is neither a code nor one of the known failures");
  return ctx.transact(async (tx) => {
    if ((await listFailures(tx)).length >= mostAtOnce)
      throw invalid("kind", `at most ${mostAtOnce} failures at a time: take one away first`);
    const stage = input.stage ?? stageOf(kind);
    const made = await tx.tx.first(
      insertFailure({ companyId: tx.companyId, kind, stage, remaining: count, probability, delayMs }),
    );
    if (!made) throw new Error("the failure was not stored");
    return made;
  });
}

export function listFailures(ctx: Ctx): Promise<SimulatorFailure[]> {
  return ctx.db.all(selectFailures({ companyId: ctx.companyId }));
}

/** All of them, or one. */
export async function endFailures(ctx: Ctx, id?: number): Promise<void> {
  const ended = await ctx.transact((tx) => tx.tx.run(deleteFailures({ companyId: tx.companyId, id: id ?? null })));
  if (id !== undefined && ended === 0) throw notFound("failure", id);
}

/** Which failures hit this send, or this template; each that is counted has one fewer to go. A call fails in one way only. */
export async function takeFailures(ctx: Ctx, event: "send" | "template"): Promise<SimulatorFailure[]> {
  if ((await listFailures(ctx)).length === 0) return [];
  return ctx.transact(async (tx) => {
    const waiting = await tx.tx.all(lockFailures({ companyId: tx.companyId }));
    const hits = waiting
      .filter(({ kind }) => (kind === templateRejected) === (event === "template"))
      .filter(({ probability }) => Math.random() < probability);
    const ofTheCall = hits.find(({ kind }) => !isStatusFailure(kind));
    const taken = hits.filter((hit) => hit === ofTheCall || isStatusFailure(hit.kind));
    await tx.tx.run(spendFailures({ companyId: tx.companyId, ids: taken.map(({ id }) => id) }));
    return taken;
  });
}

const columns = sql`
  id, kind, stage, remaining, probability, delay_ms as "delayMs", created_at as "createdAt"`;

const insertFailure = prepared<{
  companyId: number;
  kind: string;
  stage: string | null;
  remaining: number | null;
  probability: number;
  delayMs: number;
}>()(
  (_db, arg) => sql<SimulatorFailure>`
    insert into simulator_failures (company_id, kind, stage, remaining, probability, delay_ms)
    values (${arg("companyId")}::bigint, ${arg("kind")}::text, ${arg("stage")}::text, ${arg("remaining")}::int,
      ${arg("probability")}::float8, ${arg("delayMs")}::int)
    returning ${columns}`,
);

const selectFailures = prepared<{ companyId: number }>()(
  (_db, arg) => sql<SimulatorFailure>`
    select ${columns} from simulator_failures where company_id = ${arg("companyId")} order by id limit 100`,
);

const lockFailures = prepared<{ companyId: number }>()(
  (_db, arg) => sql<SimulatorFailure>`
    select ${columns} from simulator_failures where company_id = ${arg("companyId")} order by id limit 100 for update`,
);

const spendFailures = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<never>`
    with spent as (
      delete from simulator_failures
      where company_id = ${arg("companyId")} and id = any(${arg("ids")}::bigint[]) and remaining = 1
    )
    update simulator_failures set remaining = remaining - 1
    where company_id = ${arg("companyId")} and id = any(${arg("ids")}::bigint[]) and remaining > 1`,
);

const deleteFailures = prepared<{ companyId: number; id: number | null }>()(
  (_db, arg) => sql<never>`
    delete from simulator_failures
    where company_id = ${arg("companyId")} and (${arg("id")}::bigint is null or id = ${arg("id")}::bigint)`,
);
