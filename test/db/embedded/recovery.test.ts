import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import {
  createdDataFolder,
  kill,
  killPostmaster,
  query,
  scratchFolder,
  spawnHolder,
  start,
  startElsewhere,
  until,
} from "./data-folder-harness.ts";

test("a killed server is started again without a restart of Rapport", async () => {
  const dataDir = await createdDataFolder();
  const postgres = await start(dataDir);
  await query(postgres, "create table kept as select 1 as one");
  const { pid } = postgres;
  await killPostmaster(pid);
  await until(() => postgres.pid !== pid);
  expect(await query(postgres, "select one from kept")).toEqual([{ one: 1 }]);
  expect(postgres.lines.at(-1)).toBe(`PostgreSQL (pid ${pid}) ended with SIGKILL. It is started again.`);
});

test("after kill -9 of Node the next start takes over its running server", async () => {
  const dataDir = await createdDataFolder();
  const holder = await startElsewhere(dataDir);
  await kill(holder.node);
  const postgres = await start(dataDir, {});
  expect(postgres).toMatchObject({ adopted: true, pid: holder.postmasterPid });
  expect(await query(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
  await postgres.stop();
  expect(await postgres.exited).toMatchObject({ asked: true });
});

test("an adopted server that is killed is started again too", async () => {
  const dataDir = await createdDataFolder();
  const holder = await startElsewhere(dataDir);
  await kill(holder.node);
  const postgres = await start(dataDir);
  await killPostmaster(postgres.pid);
  await until(() => postgres.pid !== holder.postmasterPid);
  expect(await query(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a running server with other settings is restarted with ours", async () => {
  const dataDir = await createdDataFolder();
  const holder = await startElsewhere(dataDir);
  await kill(holder.node);
  const postgres = await start(dataDir, { max_connections: "23" });
  expect(postgres.adopted).toBe(false);
  expect(await query(postgres, "show max_connections")).toEqual([{ max_connections: "23" }]);
});

test("after kill -9 of Node and of the server, with a backend still at work, the next start recovers", async () => {
  const dataDir = await createdDataFolder();
  const holder = await startElsewhere(dataDir);
  const client = new pg.Client({ host: String(holder.said.host), port: 5432, user: "rapport", database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  // Counting looks at no latch, so this backend outlives its postmaster and keeps the shared memory.
  const busy = client.query("select count(*) from generate_series(1, 6000000)").catch(() => {});
  await kill(holder.node);
  await killPostmaster(holder.postmasterPid);
  const postgres = await start(dataDir);
  expect(postgres.adopted).toBe(false);
  expect(await query(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
  await busy;
});

test("a pid in postmaster.pid and in the socket's lock that other processes have got by now is no obstacle", async () => {
  const dataDir = await createdDataFolder();
  const holder = await startElsewhere(dataDir);
  await kill(holder.node);
  await killPostmaster(holder.postmasterPid);
  await replacePid(join(dataDir, "postgres", "cluster", "postmaster.pid"), strangersPid());
  await replacePid(join(dataDir, "postgres", "socket", ".s.PGSQL.5432.lock"), strangersPid());
  const postgres = await start(dataDir);
  expect(postgres.adopted).toBe(false);
  expect(await query(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("an empty postmaster.pid, left by a server that died while it made the file, is no obstacle", async () => {
  const dataDir = await createdDataFolder();
  await writeFile(join(dataDir, "postgres", "cluster", "postmaster.pid"), "");
  const postgres = await start(dataDir);
  expect(await query(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a first start killed in the middle of initdb is done again", async () => {
  const dataDir = join(await scratchFolder(), "data");
  const home = join(dataDir, "postgres");
  const node = spawnHolder(dataDir);
  await until(async () => (await readdir(home).catch(() => [])).some((name) => name.startsWith("unfinished-")));
  await kill(node);
  const postgres = await start(dataDir);
  expect(postgres.created).toBe(true);
  expect(await query(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
});

function strangersPid(): number {
  const stranger = spawn("sleep", ["60"]);
  onTestFinished(() => {
    stranger.kill();
  });
  return stranger.pid ?? 0;
}

async function replacePid(path: string, pid: number): Promise<void> {
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace(/^\d+/, String(pid)));
}
