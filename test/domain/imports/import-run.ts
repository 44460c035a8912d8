import type { Db } from "../../../server/db/connection.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { createImport } from "../../../server/domain/imports/create-import.ts";
import { getImport } from "../../../server/domain/imports/get-import.ts";
import { importStep } from "../../../server/domain/imports/import-step.ts";
import { startImport } from "../../../server/domain/imports/plan-import.ts";

/** Imports as the worker does them: step by step until none is left. */
export function importRuns(db: Db) {
  async function work(): Promise<void> {
    while (await importStep(db));
  }

  async function run(me: Ctx, csv: string, plan: Parameters<typeof startImport>[2] = {}) {
    const { id } = await createImport(me, { file: Buffer.from(csv) });
    await startImport(me, id, plan);
    await work();
    return getImport(me, id);
  }
  return { work, run };
}
