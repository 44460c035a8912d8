import { createHash } from "node:crypto";

/** The same person has the same business-scoped id each time, as with Meta. */
export function simulatedUserId(seed: string): string {
  return `US.${BigInt(`0x${createHash("sha256").update(seed).digest("hex").slice(0, 16)}`)}`;
}
