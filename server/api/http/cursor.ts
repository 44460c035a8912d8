import { RequestFailure } from "./failure.ts";

/** A page's end as one opaque word: the sort key and the id of the last row. */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** The parts again; a word that is no cursor of `length` parts is refused. */
export function decodeCursor(word: string, length: number): (string | number | null)[] {
  const parts = parse(Buffer.from(word, "base64url").toString("utf8"));
  const known = Array.isArray(parts) && parts.length === length;
  if (!known || !parts.every((part) => part === null || typeof part === "string" || typeof part === "number")) {
    throw new RequestFailure({ kind: "malformed", message: "cursor is not one of ours" });
  }
  return parts;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
