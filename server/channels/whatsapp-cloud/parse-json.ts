import { maxJsonDepth } from "../../../shared/clean-json.ts";

export type ParsedJson = { ok: true; value: unknown } | { ok: false; why: string };

// A number of 16 digits or more outside quotes; a false hit inside a text only costs time.
const mayHoldBigInteger = /(?:^|[:[,\s-])\d{16}/;

/** JSON whose integers beyond 2^53 (Meta's message_template_id) become strings instead of losing digits. */
export function parseJsonKeepingBigIntegers(rawText: string): ParsedJson {
  try {
    const value: unknown = JSON.parse(rawText);
    if (isDeeperThan(maxJsonDepth, value)) return { ok: false, why: `nested deeper than ${maxJsonDepth} levels` };
    // The reviver makes parsing about ten times slower, and nearly no body needs it.
    return { ok: true, value: mayHoldBigInteger.test(rawText) ? JSON.parse(rawText, keepBigInteger) : value };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : "not JSON" };
  }
}

function keepBigInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value) || !Number.isInteger(value)) return value;
  return context?.source ?? value;
}

/** Level by level instead of recursively: the reviver overflows the stack on what JSON.parse takes. */
function isDeeperThan(depth: number, value: unknown): boolean {
  let level = containersIn([value]);
  for (let left = depth; level.length > 0; left -= 1) {
    if (left === 0) return true;
    level = level.flatMap((container) => containersIn(Object.values(container)));
  }
  return false;
}

function containersIn(values: unknown[]): object[] {
  return values.filter((value) => typeof value === "object" && value !== null);
}
