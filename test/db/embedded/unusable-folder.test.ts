import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  createdDataFolder,
  isRoot,
  nobody,
  refusal,
  scratchFolder,
  start,
  startElsewhere,
} from "./data-folder-harness.ts";

test("a data folder below a file is refused", async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, "file"), "");
  const dataDir = join(folder, "file", "data");
  expect(await refusal(dataDir)).toBe(
    `Rapport cannot write to its data folder ${dataDir}: a part of the path is a file.`,
  );
  expect(await refusal(join(folder, "file"))).toMatch(/: there is a file of that name\.$/);
});

test.skipIf(!isRoot)("a folder that an ordinary user cannot write is refused", async () => {
  const folder = await scratchFolder();
  const { said } = await startElsewhere(join(folder, "data"), nobody);
  expect(said).toEqual({ refused: `Rapport cannot write to its data folder ${folder}/data: permission denied.` });
});

test.skipIf(!isRoot)("another user's database is refused to an ordinary user", async () => {
  const dataDir = await createdDataFolder();
  await (await start(dataDir)).stop();
  await chmod(dataDir, 0o777);
  const { said } = await startElsewhere(dataDir, 1);
  expect(said.refused).toBe(
    `The database in ${dataDir}/postgres belongs to user nobody: start Rapport as that user or as root.`,
  );
});

test("a database of another major version is refused and left alone", async () => {
  const dataDir = join(await scratchFolder(), "data");
  const cluster = join(dataDir, "postgres", "cluster");
  await mkdir(cluster, { recursive: true });
  await writeFile(join(cluster, "PG_VERSION"), "17\n");
  expect(await refusal(dataDir)).toBe(
    `${cluster} was written by PostgreSQL 17 and this Rapport brings PostgreSQL 18: move it with the Rapport that wrote it.`,
  );
});

test("a database folder without its version is not overwritten", async () => {
  const dataDir = join(await scratchFolder(), "data");
  const cluster = join(dataDir, "postgres", "cluster");
  await mkdir(join(cluster, "base"), { recursive: true });
  expect(await refusal(dataDir)).toMatch(/is not a whole PostgreSQL database: restore it from a backup/);
});

test("a setting that PostgreSQL refuses is named", async () => {
  const dataDir = await createdDataFolder();
  await expect(start(dataDir, { work_mem: "much" })).rejects.toThrow(
    'PostgreSQL did not start: invalid value for parameter "work_mem": "much".',
  );
  // The failed start holds nothing back.
  await rm(join(dataDir, "postgres", "socket"), { recursive: true });
  await start(dataDir);
});
