import type { Json } from "./json.ts";

/** How deep a value may nest. WhatsApp's own bodies stay under 20; recursion further down would only serve an attacker. */
export const maxJsonDepth = 200;

// PostgreSQL refuses U+0000 in text and in jsonb, and lone surrogates in jsonb.
const unstorable = /[\0\ud800-\udfff]/;

/** The text as PostgreSQL can store it: without NUL, with U+FFFD for half characters. */
export function cleanText(text: string): string {
  return unstorable.test(text) ? text.replaceAll("\0", "").toWellFormed() : text;
}

/** A copy that PostgreSQL can store, keys included. What nests deeper than `maxJsonDepth` becomes null. */
export function cleanJson(value: unknown): Json {
  return cleaned(value, maxJsonDepth, null);
}

/** The same before a schema looks at it: a number beyond a double's range (1e400) stays one, so that it is refused and not taken for null. */
export function cleanJsonForSchema(value: unknown): Json {
  return cleaned(value, maxJsonDepth, Number.POSITIVE_INFINITY);
}

function cleaned(value: unknown, depthLeft: number, endless: number | null): Json {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : endless;
  if (typeof value !== "object" || value === null || depthLeft === 0) return null;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depthLeft - 1, endless));
  // fromEntries defines own properties, so that a key "__proto__" stays data.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), cleaned(item, depthLeft - 1, endless)]),
  );
}
