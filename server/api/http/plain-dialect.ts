import { Type } from "typebox";
import { type Failure, messageOf, usualStatus } from "./failure.ts";
import type { Dialect } from "./surface.ts";

/** Where no surface speaks (hooks, health, sign-in, unknown paths below /api/crm): every document's error shape in one. */
export const plainDialect: Dialect = {
  errorSchema: Type.Object({
    status: Type.String(),
    success: Type.Boolean(),
    message: Type.String(),
    detail: Type.String(),
    request_id: Type.String(),
    existing_id: Type.Optional(Type.String({ description: "With 409: the record that is there already." })),
  }),
  present(failure, requestId) {
    const message = messageOf(failure);
    return {
      status: usualStatus(failure),
      body: { status: "error", success: false, message, detail: message, request_id: requestId, ...existing(failure) },
    };
  },
};

function existing(failure: Failure): { existing_id?: string } {
  if (failure.kind !== "duplicate" || failure.existingId === undefined) return {};
  return { existing_id: `${failure.entity}_${failure.existingId}` };
}
