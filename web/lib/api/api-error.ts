import { listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";

/** `path`: the field's name in what was sent. */
export type FieldProblem = { path: string; message: string };

type Details = {
  status: number;
  title: string;
  detail?: string | undefined;
  requestId?: string | undefined;
  problems?: FieldProblem[];
  existingId?: number | undefined;
};

/** The server refused, in its own words. Status 0: it could not be reached at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly problems: FieldProblem[];
  /** The record that stands in the way of another one. */
  readonly existingId: number | undefined;

  constructor({ status, title, detail, requestId, problems = [], existingId }: Details) {
    super(detail ?? title);
    this.name = "ApiError";
    this.status = status;
    this.requestId = requestId;
    this.problems = problems;
    this.existingId = existingId;
  }
}

/** Reads a problem+json body; whatever else stands there gives a sentence by the status. */
export function apiErrorOf(status: number, body: unknown): ApiError {
  const problem = objectOf(body);
  return new ApiError({
    status,
    title: textOf(problem?.title) ?? sentenceOf(status),
    detail: wordsOfType[textOf(problem?.type) ?? ""] ?? textOf(problem?.detail) ?? textOf(problem?.message),
    requestId: textOf(problem?.request_id),
    problems: listOf(problem?.errors).flatMap(problemOf),
    existingId: numberOf(problem?.existing_id),
  });
}

/** What the server says to programs, for people: a form was sent, its answer was lost, and it was changed before it was sent again. */
const wordsOfType: Record<string, string> = {
  "/v1/problems#idempotency_mismatch":
    "It was saved as you first sent it; only the answer was lost. Close this, look at it, and change it there.",
};

export function unreachable(): ApiError {
  return new ApiError({ status: 0, title: "The server cannot be reached just now." });
}

/** Worth asking again by itself: the network, a restart, a busy moment. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 502);
}

/** Lost on the way there or on the way back: whether it was done is not known. */
export function isUnanswered(error: unknown): boolean {
  return hasStatus(error, 0) || hasStatus(error, 502) || hasStatus(error, 504);
}

export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}

/** One sentence for a person, whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiError ? error.message : "Something went wrong on this page.";
}

/** The same for a change: whether somebody else was faster, or what the server says. */
export function changeRefusal(error: unknown): string {
  return hasStatus(error, 412) ? "Somebody else changed it at the same moment; look again." : wordsOf(error);
}

function problemOf(value: unknown): FieldProblem[] {
  const problem = objectOf(value);
  const message = textOf(problem?.detail);
  return message === undefined ? [] : [{ path: (textOf(problem?.pointer) ?? "").replace(/^#?\//, ""), message }];
}

function sentenceOf(status: number): string {
  if (status === 404) return "This is not here any more.";
  if (status === 429) return "Too many requests just now.";
  if (status >= 500) return "The server had a problem.";
  return "The server refused this.";
}
