import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

type Options<Required extends string, Optional extends string> = Record<Required, string> &
  Partial<Record<Optional, string>>;

/** Reads `--name value` pairs; whatever else stands there, or a required one that is missing, is said in one sentence. */
export function readOptions<const Required extends string, const Optional extends string = never>(
  argv: string[],
  required: readonly Required[],
  optional?: readonly Optional[],
): Options<Required, Optional>;
export function readOptions(argv: string[], required: readonly string[], optional: readonly string[] = []) {
  const values = parse(argv, [...required, ...optional]);
  const missing = required.filter((name) => values[name] === undefined || values[name] === "");
  if (missing.length > 0) throw new UsageError(`${missing.map((name) => `--${name}`).join(", ")} is missing.`);
  return values;
}

/** One of a closed set of words. */
export function readWord<const Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new UsageError(`--${name} must be one of ${words.join(", ")}.`);
  return word;
}

function parse(args: string[], names: string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
  try {
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
    return Object.fromEntries(names.map((name) => [name, textOf(values[name])]));
  } catch (error) {
    // parseArgs explains itself in several sentences; the first one names the word.
    if (error instanceof TypeError) throw new UsageError(`${error.message.split(". ", 1)[0]?.replace(/\.?$/, ".")}`);
    throw error;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
