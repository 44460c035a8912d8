import { type LabelName, labelNames } from "./language/language-rules.ts";
import { isOfOthers } from "./of-others.ts";
import type { Span } from "./phrase-index.ts";
import { type Reading, spansOf } from "./reading.ts";
import { gapRank } from "./tokens.ts";

export type Labelled = Partial<Record<LabelName, string>>;

type Label = { label: LabelName; start: number; valueStart: number };

const colon = /^[\s*_]{0,4}[:=：][\s*_]{0,4}/;
const longestValue = 200;

/** The values of lines such as "Name: Ana" and "Empresa: Clínica Sol", also several on one line. */
export function labelledValues(reading: Reading): Labelled {
  if (!/[:=：]/.test(reading.plain)) return {};
  const labels = labelNames.flatMap((label) => labelsOf(reading, label)).sort((one, other) => one.start - other.start);
  const values: Labelled = {};
  for (const [index, { label, valueStart }] of labels.entries()) {
    const value = writtenValue(reading.text.slice(valueStart, labels[index + 1]?.start), label);
    if (/[\p{L}\p{N}]/u.test(value)) values[label] ??= value;
  }
  return values;
}

function labelsOf(reading: Reading, label: LabelName): Label[] {
  return spansOf(reading, `label.${label}`).flatMap((span) => labelAt(reading, label, span) ?? []);
}

function labelAt(reading: Reading, label: LabelName, span: Span): Label | undefined {
  const first = reading.tokens[span.from];
  const last = reading.tokens[span.to - 1];
  if (first === undefined || last === undefined) return undefined;
  if (span.from > 0 && first.rank === gapRank.joined) return undefined;
  if (isOfOthers(reading, first)) return undefined;
  const separator = colon.exec(reading.text.slice(last.end, last.end + 12));
  return separator === null ? undefined : { label, start: first.start, valueStart: last.end + separator[0].length };
}

function writtenValue(text: string, label: LabelName): string {
  const end = label === "need" ? /[\n\r]/ : /[\n\r;|]|,\s/;
  const [line = ""] = text.split(end, 1);
  return line.replace(/^[\s*_]+|[\s*_,;|.]+$/g, "").slice(0, longestValue);
}
