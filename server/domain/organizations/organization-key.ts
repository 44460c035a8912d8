import { createHash } from "node:crypto";
import { foldText } from "../../../shared/fold-text.ts";

// A b-tree entry has room for about 2,700 bytes, and no code unit takes more than three.
const longestKey = 400;

/** One key for all spellings of a name: case, accents and spaces aside. */
export function organizationKey(name: string): string {
  const folded = foldText(name) || name.trim();
  if (folded.length <= longestKey) return folded;
  return `${folded.slice(0, longestKey).toWellFormed()} ${createHash("sha1").update(folded).digest("hex")}`;
}
