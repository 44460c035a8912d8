import type { Db } from "../db/connection.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { answerTurns, type BotDeps } from "./answer-turns.ts";
import { startPollingWorker } from "./polling-worker.ts";

export type BotWorkerOptions = Omit<BotDeps, "db"> & { pollMs: number };

/** Answers the conversations that wait for the bot, as soon as their pause is over. */
export function startBotWorker(db: Db, { pollMs, ...deps }: BotWorkerOptions): WakefulLoop {
  return startPollingWorker({ work: () => answerTurns({ db, ...deps }), pollMs, onError: deps.onError });
}
