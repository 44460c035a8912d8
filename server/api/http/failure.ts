import type { Refusal } from "../../domain/domain-error.ts";

/** Everything that can go wrong with a request: what the domain refuses, and what HTTP adds. */
export type Failure =
  | Refusal
  | { kind: "malformed"; message: string }
  | { kind: "unsupported_media_type"; message: string }
  | { kind: "too_large"; message: string }
  | { kind: "idempotency_mismatch"; message: string }
  | { kind: "route_not_found"; message: string }
  | { kind: "internal"; message: string };

/** A failure of HTTP itself, thrown by the plumbing. */
export class RequestFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super("message" in failure ? failure.message : failure.kind);
    this.name = "RequestFailure";
    this.failure = failure;
  }
}

/** The HTTP status that every surface gives, but for the ones a document sets otherwise (invalid, duplicate). */
export function usualStatus(failure: Failure): number {
  switch (failure.kind) {
    case "malformed":
    case "invalid":
      return 400;
    case "unauthenticated":
      return 401;
    case "forbidden":
    case "subscription_required":
      return 403;
    case "not_found":
    case "route_not_found":
      return 404;
    case "duplicate":
    case "conflict":
    case "send_refused":
      return 409;
    case "precondition_failed":
      return 412;
    case "too_large":
      return 413;
    case "unsupported_media_type":
      return 415;
    case "idempotency_mismatch":
      return 422;
    case "rate_limited":
      return 429;
    case "internal":
      return 500;
    case "unavailable":
      return 503;
  }
}

/** One sentence for a person. */
export function messageOf(failure: Failure): string {
  switch (failure.kind) {
    case "not_found":
      return `${failure.entity.charAt(0).toUpperCase()}${failure.entity.slice(1).replaceAll("_", " ")} not found`;
    case "invalid":
      return failure.problems.map((problem) => problem.message).join("; ");
    case "subscription_required":
      return "Subscription required";
    default:
      return failure.message;
  }
}
