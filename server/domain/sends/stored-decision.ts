import type { SendDecision } from "../policy/send-decision.ts";

/** A decision as the outbox keeps it: its time as text. */
export type StoredDecision = WithTextTimes<SendDecision>;

type WithTextTimes<Decision> = Decision extends { at: Date } ? Omit<Decision, "at"> & { at: string } : Decision;

export function decisionOf(stored: StoredDecision): SendDecision {
  return stored.outcome === "later" ? { ...stored, at: new Date(stored.at) } : stored;
}
