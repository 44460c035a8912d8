import type { Ctx } from "../context.ts";
import { getImport, listImportRows } from "./get-import.ts";

const readAtOnce = 1_000;

/** The rows that failed as CSV, as they were uploaded, with the reason behind: to be mended and uploaded again. */
export async function* errorFile(ctx: Ctx, importId: number): AsyncGenerator<string> {
  const { header } = await getImport(ctx, importId);
  // Excel reads UTF-8 only behind this mark.
  yield `\ufeff${csvLine([...header, "reason"])}`;
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page = await listImportRows(ctx, { importId, result: "failed", limit: readAtOnce, cursor });
    const lines = page.items.map(({ cells, reason }) => {
      const padded = [...cells, ...Array<string>(Math.max(0, header.length - cells.length)).fill("")];
      return csvLine([...padded, reason ?? ""]);
    });
    yield lines.join("");
    cursor = page.next;
  }
}

function csvLine(cells: string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** A cell that a spreadsheet would run as a formula is made text; a clean phone number, which begins so too, stays. */
function csvCell(cell: string): string {
  const guarded = /^[=+\-@\t\r]/.test(cell) && !/^\+\d{7,15}$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
