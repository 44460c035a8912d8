import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { cleanText } from "../../../shared/clean-json.ts";
import { invalid } from "../domain-error.ts";
import type { Delimiter } from "./detect-delimiter.ts";

const chunkLength = 65_536;
const longestRecord = 1_000_000;

/** The records of a CSV text, one at a time, so that a large file leaves room for other requests. Empty lines are left out. */
export async function* readCsv(text: string, delimiter: Delimiter): AsyncGenerator<string[]> {
  const parser = Readable.from(chunksOf(text)).pipe(
    parse({
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRecord,
    }),
  );
  try {
    for await (const record of parser) yield cellsOf(record);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw invalid("body", `The file cannot be read as CSV: ${error.message}`);
  }
}

function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + chunkLength, text.length);
    // Not between the two halves of a character, which would come out as two broken ones.
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}

function cellsOf(record: unknown): string[] {
  return Array.isArray(record) ? record.map((cell) => cleanText(String(cell))) : [];
}
