import type { Alternative, SendObstacle } from "./policy/send-decision.ts";

/** One thing wrong with one field. `path` is the domain's own name, camelCase; each surface spells it in its own way. */
export type FieldProblem = {
  path: string;
  message: string;
  /** Where HTTP found it; the domain does not know. */
  part?: "body" | "query" | "path" | "header";
};

/** The closed set of ways in which the domain refuses. Every surface maps each of them; the compiler asks for a new one everywhere. */
export type Refusal =
  | { kind: "not_found"; entity: string; id?: number | string }
  | { kind: "invalid"; problems: FieldProblem[] }
  | { kind: "duplicate"; entity: string; existingId?: number; message: string }
  | { kind: "conflict"; message: string }
  | { kind: "unauthenticated"; message: string }
  | { kind: "forbidden"; message: string }
  | { kind: "subscription_required" }
  | { kind: "rate_limited"; retryAfterSeconds: number; message: string }
  | { kind: "precondition_failed"; message: string }
  /** Something of ours is away, and may be back soon. */
  | { kind: "unavailable"; retryAfterSeconds: number; message: string }
  /** The send policy said no; what could be done instead. */
  | { kind: "send_refused"; obstacle: SendObstacle; message: string; alternatives: Alternative[] };

/** Thrown by commands and reads; caught by the surface that presents it. */
export class DomainError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(messageOf(refusal));
    this.name = "DomainError";
    this.refusal = refusal;
  }
}

export function notFound(entity: string, id?: number | string): DomainError {
  return new DomainError(id === undefined ? { kind: "not_found", entity } : { kind: "not_found", entity, id });
}

export function invalid(path: string, message: string): DomainError {
  return new DomainError({ kind: "invalid", problems: [{ path, message }] });
}

export function forbidden(message: string): DomainError {
  return new DomainError({ kind: "forbidden", message });
}

function messageOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case "not_found":
      return `${capitalised(refusal.entity)} not found`;
    case "invalid":
      return refusal.problems.map((problem) => problem.message).join("; ");
    case "subscription_required":
      return "Subscription required";
    case "duplicate":
    case "conflict":
    case "unauthenticated":
    case "forbidden":
    case "rate_limited":
    case "precondition_failed":
    case "unavailable":
    case "send_refused":
      return refusal.message;
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
