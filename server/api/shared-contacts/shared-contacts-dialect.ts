import { Type } from "typebox";
import { plainDialect } from "../http/plain-dialect.ts";
import type { Dialect } from "../http/surface.ts";

/** The union of both error shapes. A duplicate is what whatsapp's table says, because only its document has a POST here. */
export const sharedContactsDialect: Dialect = {
  errorSchema: Type.Interface([plainDialect.errorSchema], {
    existing_id: Type.Optional(
      Type.String({ description: "With a duplicate: the `_id` of the record that is there already." }),
    ),
  }),
  present(failure, requestId) {
    const { status, body } = plainDialect.present(failure, requestId);
    if (failure.kind !== "duplicate") return { status, body };
    const existing = failure.existingId === undefined ? {} : { existing_id: String(failure.existingId) };
    return { status: 400, body: { ...body, ...existing } };
  },
};
