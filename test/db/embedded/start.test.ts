import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runningEmbeddedPostgres } from "../../../server/db/embedded/running-embedded-postgres.ts";
import { createdDataFolder, query, scratchFolder, start } from "./data-folder-harness.ts";

test("the first start creates a database that reads every script, the next start finds it again", async () => {
  const dataDir = join(await scratchFolder(), "data");
  const first = await start(dataDir);
  expect(first).toMatchObject({ created: true, adopted: false });
  await query(first, "create extension pg_trgm; create table kept as select 'Привет'::text as word");
  expect(await query(first, "select array_length(show_trgm(word), 1) as trigrams from kept")).toEqual([
    { trigrams: 7 },
  ]);
  await first.stop();
  expect(await first.exited).toMatchObject({ asked: true });

  const second = await start(dataDir);
  expect(second).toMatchObject({ created: false, adopted: false });
  expect(await query(second, "select word from kept")).toEqual([{ word: "Привет" }]);
});

test("only the owner gets at the socket and the files, and nothing listens on the network", async () => {
  const dataDir = join(await scratchFolder(), "data");
  const postgres = await start(dataDir);
  const folders = [postgres.connection.host, join(dataDir, "postgres"), join(dataDir, "postgres", "cluster")];
  for (const folder of folders) expect((await stat(folder)).mode & 0o777, folder).toBe(0o700);
  expect(await query(postgres, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
});

test("a folder too deep for a socket gets its socket in the temporary folder", async () => {
  const dataDir = join(await scratchFolder(), "a-long-folder-name".repeat(8), "data, with a comma");
  const postgres = await start(dataDir);
  onTestFinished(() => rm(postgres.connection.host, { recursive: true, force: true }));
  expect(postgres.connection.host).toMatch(/\/rapport-[0-9a-f]{16}$/);
  expect((await stat(postgres.connection.host)).mode & 0o777).toBe(0o700);
  expect(await query(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a command beside a serving Rapport finds its database", async () => {
  const dataDir = join(await scratchFolder(), "data");
  expect(await runningEmbeddedPostgres(dataDir)).toBeUndefined();
  const postgres = await start(dataDir);
  expect(await runningEmbeddedPostgres(dataDir)).toEqual(postgres.connection);
  await postgres.stop();
  expect(await runningEmbeddedPostgres(dataDir)).toBeUndefined();
});

test.skipIf(process.platform !== "linux")(
  "Ctrl-C in the terminal does not reach the server, which leads a process group of its own",
  async () => {
    const postgres = await start(await createdDataFolder());
    const [, , group] = (await readFile(`/proc/${postgres.pid}/stat`, "utf8")).replace(/^.*\) /, "").split(" ");
    expect(Number(group)).toBe(postgres.pid);
  },
);

test("stopping twice, also at once, stops once", async () => {
  const dataDir = await createdDataFolder();
  const postgres = await start(dataDir);
  await Promise.all([postgres.stop(), postgres.stop()]);
  await postgres.stop();
  await start(dataDir);
});
