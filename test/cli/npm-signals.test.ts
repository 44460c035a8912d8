import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ownServer } from "../harness/own-server.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db } = await testDatabase();
const folder = fileURLToPath(new URL("../../", import.meta.url));

// A shell that stays between npm and Node ends on the signal, and would leave the server behind.
test("SIGTERM to npm start ends the server it started", async () => {
  const dataDir = await mkdtemp("/tmp/rapport-test-");
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const env = { PATH: process.env.PATH ?? "", DATA_DIR: dataDir, PORT: "0", DATABASE_URL: await databaseUrl() };
  const npm = spawn("npm", ["start"], { cwd: folder, env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => endGroup(npm.pid));
  const url = await addressPrinted(npm.stdout);
  expect((await fetch(url)).status).toBe(200);
  const exited = once(npm, "exit");
  npm.kill("SIGTERM");
  await exited;
  const state = () =>
    fetch(url).then(
      () => "answers",
      () => "gone",
    );
  await expect.poll(state).toBe("gone");
});

async function databaseUrl(): Promise<string> {
  const { host, port, user } = ownServer();
  const [row] = await rows<{ name: string }>(db, "select current_database() as name");
  return `postgres://${user}@localhost:${port}/${row?.name}?host=${encodeURIComponent(host)}`;
}

async function addressPrinted(output: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const chunk of output) {
    text += chunk.toString();
    const address = /ready at (http:\S+)/.exec(text)?.[1];
    if (address !== undefined) return address.replace("localhost", "127.0.0.1");
  }
  throw new Error(`npm start ended: ${text}`);
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // All of them ended by themselves.
  }
}
