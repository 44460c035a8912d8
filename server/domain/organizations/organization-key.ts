import { createHash } from "node:crypto";
import { foldText } from "../../../shared/fold-text.ts";

// A b-tree entry has room for about 2,700 bytes, and no code unit takes more than three.
const longestKey = 400;

/** One key for all spellings of a name: case, accents and spaces aside. */
export function organizationKey(name: string): string {
  const folded = foldText(name) || name.trim();
  if (folded.length <= longestKey) return folded;
  return marked(folded, folded);
}

/** The key of a spelling that stands beside another one of the same organizationKey; it sorts and is found next to it. */
export function spelledKey(name: string): string {
  return marked(foldText(name) || name.trim(), name.trim());
}

function marked(folded: string, marking: string): string {
  return `${folded.slice(0, longestKey).toWellFormed()} ${createHash("sha1").update(marking).digest("hex")}`;
}
