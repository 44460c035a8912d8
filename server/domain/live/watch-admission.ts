import { isDeepStrictEqual } from "node:util";
import { principalGeneration } from "../accounts/principal-generation.ts";
import type { Viewer } from "../events/may-see.ts";
import type { LiveListener } from "./live-listener.ts";

/** Who the caller is by now; undefined when their sign-in, key or membership has ended. */
export type StillAdmitted = () => Viewer | undefined | Promise<Viewer | undefined>;

type Watched = { listener: LiveListener; stillAdmitted: StillAdmitted; dueAt: number };

const tickMs = 1_000;
const atOnce = 20;

/**
 * Ends the streams of those who may not listen any more. A right that this process takes away is noticed at the next tick; one that
 * another took away, or a token that ran out, within `recheckMs`.
 */
export function watchAdmission(recheckMs: number) {
  const watched = new Set<Watched>();
  let generation = principalGeneration();
  let running = false;

  const tick = async (): Promise<void> => {
    if (running) return;
    running = true;
    const changed = principalGeneration() !== generation;
    generation = principalGeneration();
    await recheckAll(
      [...watched].filter((one) => changed || one.dueAt <= Date.now()),
      recheckMs,
    );
    running = false;
  };

  const timer = setInterval(() => void tick(), tickMs).unref();
  return {
    watch(listener: LiveListener, stillAdmitted: StillAdmitted): () => void {
      // Spread out, so that a thousand who came together are not all asked after together.
      const one = { listener, stillAdmitted, dueAt: Date.now() + recheckMs * (0.5 + Math.random() / 2) };
      watched.add(one);
      return () => void watched.delete(one);
    },
    stop: () => clearInterval(timer),
  };
}

async function recheckAll(due: Watched[], recheckMs: number): Promise<void> {
  for (let at = 0; at < due.length; at += atOnce) {
    // While the database is away nobody's rights can be asked after; the next round does.
    await Promise.allSettled(due.slice(at, at + atOnce).map((one) => recheck(one, recheckMs)));
  }
}

async function recheck(one: Watched, recheckMs: number): Promise<void> {
  one.dueAt = Date.now() + recheckMs;
  const viewer = await one.stillAdmitted();
  const { role, companyId, reach } = one.listener.viewer;
  // With another role or reach the caller comes back and is told what they may see by now.
  const isSame = viewer?.role === role && viewer.companyId === companyId && isDeepStrictEqual(viewer.reach, reach);
  if (!isSame) one.listener.end();
}
