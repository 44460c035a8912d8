import { DomainError } from "./domain-error.ts";

/** Refuses an edit of a version that has gone; without an expectation everything passes. */
export function requireVersion(entity: string, actual: number, expected: number | undefined): void {
  if (expected === undefined || expected === actual) return;
  throw new DomainError({
    kind: "precondition_failed",
    message: `The ${entity} was changed in the meantime: it is at version ${actual}, not ${expected}.`,
  });
}
