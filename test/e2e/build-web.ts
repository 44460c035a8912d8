import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { inject } from "vitest";

const root = join(import.meta.dirname, "../..");
const attempts = 2_400;
const pauseMs = 100;

/** The pages as they are shipped, once in a run: a build empties the folder from which the files beside this one are being served. */
export async function buildWeb(): Promise<void> {
  const folder = join(inject("runFolder"), "web");
  const done = join(folder, "built");
  if (await isFirst(folder)) {
    await build();
    await writeFile(done, "");
    return;
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (existsSync(done)) return;
    await setTimeout(pauseMs);
  }
  throw new Error("The pages were not built by the test file that began with it.");
}

async function isFirst(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** In a process of its own: under the test runner's NODE_ENV it would be React's development build. */
async function build(): Promise<void> {
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: root, env });
}
