import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");

/** The pages as they are shipped. In a process of its own: under the test runner's NODE_ENV it would be React's development build. */
export async function buildWeb(): Promise<void> {
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: root, env });
}
