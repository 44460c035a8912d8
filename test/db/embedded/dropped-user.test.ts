import { execFileSync } from "node:child_process";
import { chmod, chown, cp, lstat, mkdir, realpath, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { copiedBinaries } from "../../../server/db/embedded/copied-binaries.ts";
import { installedBinaries } from "../../../server/db/embedded/installed-binaries.ts";
import {
  createdDataFolder,
  isRoot,
  kill,
  nobody,
  query,
  refusal,
  scratchFolder,
  start,
  startElsewhere,
} from "./data-folder-harness.ts";

describe.skipIf(!isRoot)("as root", () => {
  test("PostgreSQL runs as nobody", async () => {
    const dataDir = await createdDataFolder();
    const postgres = await start(dataDir);
    expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(nobody);
    expect((await stat(join(dataDir, "postgres"))).uid).toBe(nobody);
  });

  test("below a folder that nobody cannot enter, the database is kept below /var/lib/rapport and found again", async () => {
    const dataDir = join(await scratchFolder(0o700), "data");
    const first = await start(dataDir);
    await query(first, "create table kept as select 1 as one");
    await first.stop();
    expect(await realpath(join(dataDir, "postgres"))).toMatch(/^\/var\/lib\/rapport\/database-/);
    const second = await start(dataDir);
    expect(await query(second, "select one from kept")).toEqual([{ one: 1 }]);
  });

  test("a copied data folder that points to a served database is refused", async () => {
    const folder = await scratchFolder(0o700);
    await start(join(folder, "data"));
    await mkdir(join(folder, "copy"));
    await cp(join(folder, "data", "postgres"), join(folder, "copy", "postgres"), { verbatimSymlinks: true });
    expect(await refusal(join(folder, "copy"))).toMatch(
      /^Another Rapport \(pid \d+\) is already using \/var\/lib\/rapport\/database-/,
    );
  });

  test("a database that its link no longer finds is not begun anew", async () => {
    const dataDir = join(await scratchFolder(0o700), "data");
    await (await start(dataDir)).stop();
    await rm(await realpath(join(dataDir, "postgres")), { recursive: true });
    expect(await refusal(dataDir)).toMatch(/points to is gone: bring it back, or remove the link to start empty\.$/);
    expect((await lstat(join(dataDir, "postgres"))).isSymbolicLink()).toBe(true);
  });

  test("an ordinary user's folder is served as that user, and the user can serve it again", async () => {
    const folder = await scratchFolder();
    await chown(folder, 1, 1);
    const dataDir = join(folder, "data");
    const theirs = await startElsewhere(dataDir, 1);
    await kill(theirs.node);
    const ours = await start(dataDir);
    expect(ours).toMatchObject({ adopted: true, pid: theirs.postmasterPid });
    await ours.stop();
    await (await start(dataDir)).stop();
    expect((await startElsewhere(dataDir, 1)).said).toMatchObject({ adopted: false });
  });

  test("files that a restored backup gave to root are given back", async () => {
    const dataDir = await createdDataFolder();
    await (await start(dataDir)).stop();
    execFileSync("chown", ["-R", "root:root", join(dataDir, "postgres")]);
    await chmod(join(dataDir, "postgres", "cluster"), 0o755);
    expect(await query(await start(dataDir), "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

test("a copy of the binaries runs, with links of its own, even under a strict umask", async () => {
  const folder = await scratchFolder();
  const before = process.umask(0o077);
  onTestFinished(() => {
    process.umask(before);
  });
  const native = await copiedBinaries(installedBinaries(), folder);
  const identity = isRoot ? { uid: nobody, gid: nobody } : {};
  const version = execFileSync(join(native, "bin", "postgres"), ["--version"], {
    ...identity,
    cwd: folder,
    encoding: "utf8",
  });
  expect(version).toMatch(/^postgres \(PostgreSQL\) 18\./);
  expect((await lstat(join(native, "lib", "libpq.so.5"))).isSymbolicLink()).toBe(true);
});
