import { secondInWords } from "../time/local-time.ts";

// One message in six seconds to one person; 45 may go at once and are borrowed against later (protocols.md A.10).
export const pairIntervalMs = 6_000;
export const pairBorrowMs = 45 * pairIntervalMs;

/** How each such reason begins. */
export const pairLimit = "WhatsApp takes about ten messages a minute to one person";

/** Why a message waits for its pair (number, person), and when it goes. */
export function pairWords(at: Date, timeZone: string): string {
  return `${pairLimit}; this one goes out at ${secondInWords(at, timeZone)}.`;
}
