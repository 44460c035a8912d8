import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { DatabaseUnavailable, type Queries } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";

export type Report = (what: string, error: unknown) => void;

type Database = Pick<Queries, "first">;
type Options = { print?: (line: string) => void; askEveryMs?: number };

/** Answers in a row, without a complaint between them, after which the database is back: some connections find out late that they broke. */
const enoughAnswers = 3;

/** Says in a line what failed. That the database is away is found by all workers, each second: it is said once, and once that it is back. */
export function createReport(db: Database, { print = console.error, askEveryMs = 1_000 }: Options = {}): Report {
  let away = false;
  let complaints = 0;
  const untilBack = async (): Promise<void> => {
    for (let answered = 0; answered < enoughAnswers; ) {
      complaints = 0;
      await pause(askEveryMs, undefined, { ref: false });
      answered = (await answers(db)) && complaints === 0 ? answered + 1 : 0;
    }
    away = false;
    print("The database can be reached again; work goes on.");
  };
  return (what, error) => {
    if (!(error instanceof DatabaseUnavailable)) return print(lineOf(what, error));
    complaints++;
    if (away) return;
    away = true;
    print("The database cannot be reached. Work waits, and goes on by itself when it is back.");
    void untilBack();
  };
}

/** One line of what failed. */
export function lineOf(what: string, error: unknown): string {
  return `${what} failed: ${error instanceof Error ? error.message : String(error)}`;
}

async function answers(db: Database): Promise<boolean> {
  try {
    await db.first(ask({}));
    return true;
  } catch {
    return false;
  }
}

const ask = prepared<Record<string, never>>()(() => sql<{ answer: number }>`select 1 as answer`);
