import pg from "pg";
import { expect, test } from "vitest";
import { createdDataFolder, killPostmaster, query, type Started, start, until } from "./data-folder-harness.ts";

test("ten kills of the server under four writers lose no acknowledged row", async () => {
  const postgres = await start(await createdDataFolder());
  await query(postgres, "create table rows (writer int, number int, primary key (writer, number))");
  const progress = { acknowledged: new Set<string>(), done: false };
  const writers = [0, 1, 2, 3].map((writer) => write(postgres, writer, progress));
  for (let kills = 0; kills < 10; kills += 1) {
    const { pid } = postgres;
    const before = progress.acknowledged.size;
    await until(() => progress.acknowledged.size > before + 100);
    await killPostmaster(pid);
    await until(() => postgres.pid !== pid);
  }
  progress.done = true;
  await Promise.all(writers);
  const [stored] = await query(postgres, "select array_agg(writer || '/' || number) as rows from rows");
  const kept = new Set(stored instanceof Object && "rows" in stored && Array.isArray(stored.rows) ? stored.rows : []);
  expect(progress.acknowledged.size).toBeGreaterThan(1_000);
  expect([...progress.acknowledged].filter((row) => !kept.has(row))).toEqual([]);
});

type Progress = { acknowledged: Set<string>; done: boolean };

/** Inserts until it is told to stop, over a new connection whenever the old one broke. */
async function write(postgres: Started, writer: number, progress: Progress): Promise<void> {
  let number = 0;
  while (!progress.done) {
    const client = new pg.Client(postgres.connection);
    client.on("error", () => {});
    try {
      await client.connect();
      while (!progress.done) {
        number += 1;
        await client.query("insert into rows values ($1, $2)", [writer, number]);
        progress.acknowledged.add(`${writer}/${number}`);
      }
    } catch {
      // The server was killed; what was in flight counts as unacknowledged.
      await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
