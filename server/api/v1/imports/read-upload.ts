import { cleanText } from "../../../../shared/clean-json.ts";
import { objectOf, textOf } from "../../../../shared/json.ts";
import { invalid } from "../../../domain/domain-error.ts";
import type { Upload } from "../../../domain/imports/create-import.ts";

export const largestUpload = 20 * 1024 * 1024;
const mostRows = 100_000;

/** A CSV file as it stands, or JSON: `{"rows": [{"name": …}]}`, or `{"header": […], "rows": [[…]]}`. */
export function readUpload(body: unknown): Upload {
  if (Buffer.isBuffer(body)) {
    if (body.length === 0) throw invalid("body", "The file is empty.");
    return { file: body };
  }
  const { header, rows } = objectOf(body) ?? {};
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > mostRows)
    throw invalid("rows", `rows must be a list of 1 to ${mostRows} rows, or send the file as text/csv`);
  if (Array.isArray(header)) return { header: header.map(cellOf), rows: rows.map(cellsOf) };
  const records = rows.map((row) => objectOf(row) ?? {});
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (names.length === 0) throw invalid("rows", "rows must hold objects, or come with a header");
  return { header: names, rows: records.map((record) => names.map((name) => cellOf(record[name]))) };
}

function cellsOf(row: unknown): string[] {
  return Array.isArray(row) ? row.map(cellOf) : [];
}

function cellOf(value: unknown): string {
  if (typeof value === "boolean") return String(value);
  // Several numbers or tags of one person, as Google writes them.
  if (Array.isArray(value)) return value.map(cellOf).filter(Boolean).join(" ::: ");
  return cleanText(textOf(value) ?? "");
}
