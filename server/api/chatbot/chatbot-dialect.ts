import { Type } from "typebox";
import type { FieldProblem } from "../../domain/domain-error.ts";
import { type Failure, messageOf, usualStatus } from "../http/failure.ts";
import type { Dialect } from "../http/surface.ts";

/** `{"status":"error","message":…}`; the statuses are the usual ones: 400 for what is invalid, 409 for a duplicate. */
export const chatbotDialect: Dialect = {
  errorSchema: Type.Object({
    status: Type.String(),
    message: Type.String(),
    request_id: Type.String(),
    existing_id: Type.Optional(Type.String({ description: "With 409: the record that is there already." })),
  }),
  present(failure, requestId) {
    const body = { status: "error", message: wording(failure), request_id: requestId };
    const status = failure.kind === "send_refused" ? 400 : usualStatus(failure);
    return { status, body: { ...body, ...existing(failure) } };
  },
};

function wording(failure: Failure): string {
  return failure.kind === "invalid" ? failure.problems.map(inOurWords).join("; ") : messageOf(failure);
}

function existing(failure: Failure): { existing_id?: string } {
  if (failure.kind !== "duplicate" || failure.existingId === undefined) return {};
  return { existing_id: `${failure.entity}_${failure.existingId}` };
}

const ownNames: Record<string, string> = {
  dueAt: "due_date",
  expectedCloseOn: "expected_close_date",
  phone: "phone_number",
};

/** The domain names a field in its own spelling. */
function inOurWords({ path, message }: FieldProblem): string {
  const name = ownNames[path] ?? path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return message.startsWith(path) ? `${name}${message.slice(path.length)}` : message;
}
