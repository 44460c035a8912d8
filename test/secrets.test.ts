import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadSecrets } from "../server/secrets.ts";

test("the first start makes them, the next one finds the same", async () => {
  const dataDir = join(await scratch(), "data");
  const first = await loadSecrets(dataDir);
  expect(Object.keys(first)).toEqual(["jwtKey", "encryptionKey", "webhookSecret", "verifyToken", "cursorKey"]);
  for (const key of Object.values(first)) expect(Buffer.from(key, "base64url")).toHaveLength(32);
  expect(new Set(Object.values(first)).size).toBe(5);
  expect((await stat(join(dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
  expect(await readdir(dataDir)).toEqual(["secrets.json"]);
  expect(await loadSecrets(dataDir)).toEqual(first);
});

test("two first starts at once agree", async () => {
  const dataDir = await scratch();
  const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(dataDir)));
  for (const secrets of all) expect(secrets).toEqual(all[0]);
  expect(await readdir(dataDir)).toEqual(["secrets.json"]);
});

test("a file that others may read is closed again", async () => {
  const dataDir = await scratch();
  await loadSecrets(dataDir);
  await chmod(join(dataDir, "secrets.json"), 0o644);
  await loadSecrets(dataDir);
  expect((await stat(join(dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("a damaged file is refused and left as it is", async () => {
  const dataDir = await scratch();
  const path = join(dataDir, "secrets.json");
  const whole = JSON.stringify(await loadSecrets(dataDir));
  for (const text of [
    "",
    "{",
    "[]",
    "null",
    "{}",
    whole.replace("jwtKey", "jwt"),
    whole.replace(/"verifyToken":"./, '"verifyToken":"'),
  ]) {
    await writeFile(path, text);
    await expect(loadSecrets(dataDir), text).rejects.toThrow(
      `${path} is damaged: restore it from a backup, because what its keys sealed cannot be read with new ones.`,
    );
    expect(await readFile(path, "utf8")).toBe(text);
  }
});

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rapport-secrets-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
