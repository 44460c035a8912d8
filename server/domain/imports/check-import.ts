import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { getImport, listImportRows } from "./get-import.ts";
import { importRows } from "./import-contacts.ts";
import type { PersonResult } from "./import-people.ts";

/** So many rows a dry run looks at; it says how many it was. */
export const mostChecked = 2_000;
const mostShown = 100;

export type DryRun = {
  checkedRows: number;
  counts: Partial<Record<PersonResult["result"], number>>;
  failures: { rowNumber: number; reason: string }[];
};

/** What an import would do: it is done, and taken back before anybody sees it. */
export async function checkImport(ctx: Ctx, id: number): Promise<DryRun> {
  requireWholeReach(ctx);
  const { mapping, onDuplicate } = await getImport(ctx, id);
  return ctx.transact(async (tx) => {
    // A savepoint, because the transaction may be that of an Idempotency-Key, which goes on and commits.
    await tx.tx.run(savepoint({}));
    const { items } = await listImportRows(tx, { importId: id, limit: mostChecked });
    const results = await importRows(tx, { rows: items.map(({ cells }) => cells), mapping, onDuplicate });
    const run: DryRun = { checkedRows: items.length, counts: {}, failures: [] };
    results.forEach((result, index) => {
      note(run, items[index]?.rowNumber ?? 0, result);
    });
    await tx.tx.run(rollBack({}));
    return run;
  });
}

function note(run: DryRun, rowNumber: number, { result, reason }: PersonResult): void {
  run.counts[result] = (run.counts[result] ?? 0) + 1;
  if (result === "failed" && run.failures.length < mostShown) run.failures.push({ rowNumber, reason: reason ?? "" });
}

const savepoint = prepared<object>()(() => sql<never>`savepoint dry_run`);
const rollBack = prepared<object>()(() => sql<never>`rollback to savepoint dry_run`);
