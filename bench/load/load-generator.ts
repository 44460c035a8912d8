import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { numberOf, objectOf } from "../../shared/json.ts";
import type { LoadPlan, LoadResult } from "./plan.ts";

export type LoadGenerator = { run: (plan: LoadPlan) => Promise<LoadResult>; stop: () => void };

/** The load generator in a process of its own. */
export function startLoadGenerator(): LoadGenerator {
  const child: ChildProcess = fork(new URL("load-process.ts", import.meta.url), { serialization: "advanced" });
  return {
    async run(plan) {
      const answered = once(child, "message");
      child.send(plan);
      const [result] = await answered;
      if (isResult(result)) return result;
      throw new Error("The load generator answered something else than a result.");
    },
    stop: () => void child.kill(),
  };
}

function isResult(message: unknown): message is LoadResult {
  return numberOf(objectOf(message)?.perSecond) !== undefined;
}
