import { randomInt } from "node:crypto";

/** An id as the Graph API spells them: sixteen digits that nobody guesses. */
export function vendorId(): string {
  // Below 2^53, so that a template's id survives as a JSON number.
  return `${randomInt(1000_0000, 9000_0000)}${String(randomInt(0, 1_0000_0000)).padStart(8, "0")}`;
}
