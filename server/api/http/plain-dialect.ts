import { Type } from "typebox";
import { messageOf, usualStatus } from "./failure.ts";
import type { Dialect } from "./surface.ts";

/** Where no surface speaks (hooks, health, sign-in, unknown paths below /api/crm): every document's error shape in one. */
export const plainDialect: Dialect = {
  errorSchema: Type.Object({
    status: Type.String(),
    success: Type.Boolean(),
    message: Type.String(),
    detail: Type.String(),
    request_id: Type.String(),
  }),
  present(failure, requestId) {
    const message = messageOf(failure);
    return {
      status: usualStatus(failure),
      body: { status: "error", success: false, message, detail: message, request_id: requestId },
    };
  },
};
