import type { LeftOut } from "./send-decision.ts";

/** Who gets no copy of a mail, as it stands beside the mail; null where nobody was left out. */
export function leftOutInWords(leftOut: LeftOut[]): string | null {
  return leftOut.length === 0 ? null : `Left out: ${leftOut.map(({ why }) => why).join("; ")}.`;
}
