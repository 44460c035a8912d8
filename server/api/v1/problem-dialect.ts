import { Type } from "typebox";
import { Alternative } from "../../../shared/v1/sending.ts";
import type { FieldProblem } from "../../domain/domain-error.ts";
import { type Failure, messageOf, usualStatus } from "../http/failure.ts";
import type { Dialect } from "../http/surface.ts";
import { presentAlternative } from "./sending/present-decision.ts";

/** RFC 9457: what went wrong, in a form that programs read by `type` and people by `detail`. */
export const problemDialect: Dialect = {
  errorType: "application/problem+json; charset=utf-8",
  errorSchema: Type.Object(
    {
      type: Type.String(),
      title: Type.String(),
      status: Type.Integer(),
      detail: Type.String(),
      request_id: Type.String(),
      errors: Type.Optional(Type.Array(Type.Object({ detail: Type.String(), pointer: Type.String() }))),
      existing_id: Type.Optional(Type.Integer()),
      obstacle: Type.Optional(Type.String()),
      alternatives: Type.Optional(Type.Array(Alternative)),
    },
    { title: "Problem" },
  ),
  present(failure, requestId) {
    const status = usualStatus(failure);
    const body = {
      type: `/v1/problems#${failure.kind}`,
      title: problemTitles[failure.kind],
      status,
      detail: detailOf(failure),
      request_id: requestId,
      ...(failure.kind === "invalid" ? { errors: failure.problems.map(errorOf) } : {}),
      ...(failure.kind === "duplicate" && failure.existingId !== undefined ? { existing_id: failure.existingId } : {}),
    };
    return { status, body: failure.kind === "send_refused" ? { ...body, ...refusedSend(failure) } : body };
  },
};

/** What `type` says in a few words; the same list is served at /v1/problems. */
export const problemTitles: Record<Failure["kind"], string> = {
  malformed: "The request cannot be read",
  invalid: "Some values are not valid",
  unauthenticated: "Sign in first",
  forbidden: "Not allowed",
  subscription_required: "Subscription required",
  not_found: "Not found",
  route_not_found: "No such address",
  duplicate: "Exists already",
  conflict: "In conflict with what is there",
  precondition_failed: "Changed in the meantime",
  too_large: "The request is too large",
  unsupported_media_type: "Not a type we read",
  idempotency_mismatch: "The Idempotency-Key was used for something else",
  rate_limited: "Too many requests",
  send_refused: "This message may not be sent",
  internal: "Our mistake",
  unavailable: "Not available just now",
};

function refusedSend({ obstacle, alternatives }: Extract<Failure, { kind: "send_refused" }>) {
  return { obstacle, alternatives: alternatives.map(presentAlternative) };
}

function detailOf(failure: Failure): string {
  return failure.kind === "invalid"
    ? failure.problems.map((problem) => errorOf(problem).detail).join("; ")
    : messageOf(failure);
}

// The domain speaks camelCase and dots, this surface snake_case and pointers.
function errorOf({ path, message }: FieldProblem): { detail: string; pointer: string } {
  const name = snakeCase(path);
  // Deep inside a list a message names the field alone.
  const field = path.slice(path.lastIndexOf(".") + 1);
  const detail = path === "" ? message : message.replaceAll(path, name).replaceAll(field, snakeCase(field));
  return { detail, pointer: `#/${name.replaceAll(".", "/")}` };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
