import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "../server/db/connect.ts";
import type { DatabaseAddress } from "../server/db/connection.ts";
import { startEmbeddedPostgres } from "../server/db/embedded/start-embedded-postgres.ts";
import { numberOf, objectOf, textOf } from "../shared/json.ts";
import { createBenchKey } from "./create-bench-key.ts";
import { fillBench } from "./fill.ts";

/** A data folder as `npm start` uses it, with the filled company in it. */
export type FilledFolder = { dataDir: string; companyId: number; apiKey: string };

const root = "/tmp/rapport-bench";

/** Makes and fills the folder, or takes the one that an earlier run kept. */
export async function filledFolder(contacts: number): Promise<FilledFolder> {
  const dataDir = join(root, String(contacts));
  const kept = await readKept(dataDir);
  if (kept) return { dataDir, ...kept };
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  const postgres = await startEmbeddedPostgres({ dataDir, log: console.log });
  try {
    const filled = await fill(postgres.connection, contacts);
    await writeFile(join(dataDir, "bench.json"), JSON.stringify(filled));
    return { dataDir, ...filled };
  } finally {
    await postgres.stop();
  }
}

export async function removeFolder(folder: FilledFolder): Promise<void> {
  await rm(folder.dataDir, { recursive: true, force: true });
}

async function fill(address: DatabaseAddress, contacts: number) {
  const companyId = await fillBench(address, contacts);
  const db = connect(address);
  try {
    return { companyId, apiKey: await createBenchKey(db, companyId) };
  } finally {
    await db.close();
  }
}

async function readKept(dataDir: string): Promise<{ companyId: number; apiKey: string } | undefined> {
  const text = await readFile(join(dataDir, "bench.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = objectOf(JSON.parse(text));
  const companyId = numberOf(kept?.companyId);
  const apiKey = textOf(kept?.apiKey);
  return companyId !== undefined && apiKey !== undefined ? { companyId, apiKey } : undefined;
}
