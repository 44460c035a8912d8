import type { Ctx } from "../context.ts";

/** What is being read now, and what those wait for who asked meanwhile. */
type Turn<Result> = { ended: Promise<unknown>; next: Promise<Result> | undefined };

/**
 * One reading for all who ask the same at the same time, as the screens of a team do. Whoever asks while it is being read gets the
 * next reading, which begins after they asked: nobody is given counts older than the question, and a crowd costs two readings.
 */
export class SharedReadings<Result> {
  // A transaction has a connection of its own and sees its own writes, so it shares with nobody.
  readonly #turns = new WeakMap<Ctx["db"], Map<string, Turn<Result>>>();

  read(ctx: Ctx, key: string, reading: () => Promise<Result>): Promise<Result> {
    const turns = this.#turns.get(ctx.db) ?? new Map<string, Turn<Result>>();
    this.#turns.set(ctx.db, turns);
    const current = turns.get(key);
    if (!current) return begin(turns, key, reading);
    current.next ??= current.ended.then(() => begin(turns, key, reading));
    return current.next;
  }
}

function begin<Result>(turns: Map<string, Turn<Result>>, key: string, reading: () => Promise<Result>): Promise<Result> {
  const result = reading();
  const turn: Turn<Result> = { ended: result.catch(() => {}), next: undefined };
  turns.set(key, turn);
  // Before those who wait begin: they follow on the same promise, later.
  void turn.ended.then(() => turns.delete(key));
  return result;
}
