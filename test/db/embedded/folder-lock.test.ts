import { readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderHolder, lockFolder } from "../../../server/db/embedded/folder-lock.ts";
import { startMark } from "../../../server/db/embedded/process-state.ts";
import {
  createdDataFolder,
  firstLine,
  refusal,
  scratchFolder,
  spawnHolder,
  startElsewhere,
} from "./data-folder-harness.ts";

const deadPid = 4_194_303;

test("a second Rapport on the same folder is told who uses it", async () => {
  const dataDir = await createdDataFolder();
  const holder = await startElsewhere(dataDir);
  expect(await refusal(dataDir)).toBe(`Another Rapport (pid ${holder.node.pid}) is already using ${dataDir}.`);
});

test("of two that start at once, one wins", async () => {
  const dataDir = join(await scratchFolder(), "data");
  const answers = await Promise.all([spawnHolder(dataDir), spawnHolder(dataDir)].map(firstLine));
  expect(answers.filter((answer) => "pid" in answer)).toHaveLength(1);
  expect(answers.find((answer) => "refused" in answer)?.refused).toMatch(
    /^Another Rapport \(pid \d+\) is already using /,
  );
});

test("a released folder is free, and nothing is left in it", async () => {
  const folder = await scratchFolder();
  const lock = await lockFolder(folder);
  expect(await folderHolder(folder)).toBe(process.pid);
  await lock.release();
  expect(await folderHolder(folder)).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
});

test("a dead holder's lock is taken over, and so is one whose pid another process has got", async () => {
  const stale = [`${deadPid}.boot-1.aa`, `${process.pid}.another-boot-1.bb`, "unreadable"];
  for (const identity of stale) {
    const folder = await scratchFolder();
    await symlink(identity, join(folder, "rapport.lock"));
    await lockFolder(folder);
    expect(await folderHolder(folder)).toBe(process.pid);
    expect(await readdir(folder)).toEqual(["rapport.lock"]);
  }
});

test("of twenty that take over at once, exactly one wins, also after a successor that died half-way", async () => {
  for (let round = 0; round < 20; round += 1) {
    const folder = await scratchFolder();
    await symlink(`${deadPid}.boot-1.first`, join(folder, "rapport.lock"));
    if (round % 2 === 1) await symlink(`${deadPid}.boot-2.second`, join(folder, "rapport.lock.after-first"));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await folderHolder(folder)).toBe(process.pid);
  }
});

test("a process's mark stays the same and differs from its parent's", () => {
  expect(startMark(process.pid)).toBe(startMark(process.pid));
  expect(startMark(process.pid)).not.toBe(startMark(process.ppid));
  expect(startMark(deadPid)).toBeUndefined();
});
