import { Type } from "typebox";
import { type Failure, messageOf, usualStatus } from "../http/failure.ts";
import type { Dialect } from "../http/surface.ts";

/** `{"success":false,"message":…}` in the words of the document's error table, which knows neither 409 nor a policy: both are 400. */
export const whatsappDialect: Dialect = {
  errorSchema: Type.Object({
    success: Type.Boolean(),
    message: Type.String(),
    request_id: Type.String(),
    existing_id: Type.Optional(
      Type.String({ description: "With a duplicate: the `_id` of the record that is there already." }),
    ),
  }),
  present(failure, requestId) {
    const status = failure.kind === "duplicate" || failure.kind === "send_refused" ? 400 : usualStatus(failure);
    const body = { success: false, message: wording(failure), request_id: requestId };
    return { status, body: { ...body, ...existing(failure) } };
  },
};

function wording(failure: Failure): string {
  if (failure.kind === "unauthenticated") return "Unauthorized";
  return failure.kind === "internal" ? "Server error" : messageOf(failure);
}

function existing(failure: Failure): { existing_id?: string } {
  if (failure.kind !== "duplicate" || failure.existingId === undefined) return {};
  return { existing_id: String(failure.existingId) };
}
