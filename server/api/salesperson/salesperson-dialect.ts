import { STATUS_CODES } from "node:http";
import { Type } from "typebox";
import type { FieldProblem } from "../../domain/domain-error.ts";
import { type Failure, messageOf, usualStatus } from "../http/failure.ts";
import type { Dialect } from "../http/surface.ts";

/** `{statusCode, message, error}`; what is invalid has its messages in an array; a duplicate is 400. */
export const salespersonDialect: Dialect = {
  errorSchema: Type.Object({
    statusCode: Type.Integer(),
    message: Type.Unsafe<string | string[]>({ type: ["string", "array"], items: { type: "string" } }),
    error: Type.String(),
    request_id: Type.String(),
    existingId: Type.Optional(Type.String({ description: "With a duplicate: the record that is there already." })),
  }),
  present(failure, requestId) {
    const status = failure.kind === "duplicate" || failure.kind === "send_refused" ? 400 : usualStatus(failure);
    const error = STATUS_CODES[status] ?? "Error";
    const body = { statusCode: status, message: wording(failure), error, request_id: requestId };
    return { status, body: { ...body, ...existing(failure) } };
  },
};

function wording(failure: Failure): string | string[] {
  switch (failure.kind) {
    case "invalid":
      return failure.problems.map(inOurWords);
    case "unauthenticated":
      return "Unauthorized";
    case "internal":
      return "Internal server error";
    case "not_found":
      return `${entities[failure.entity] ?? messageOf(failure).replace(/ not found$/, "")} not found`;
    default:
      return messageOf(failure);
  }
}

function existing(failure: Failure): { existingId?: string } {
  if (failure.kind !== "duplicate" || failure.existingId === undefined) return {};
  return { existingId: String(failure.existingId) };
}

const entities: Record<string, string> = {
  contact: "Customer",
  task: "Action",
  activity: "Communication",
  customer_tag: "Customer tag",
};

const ownNames: Record<string, string> = {
  contactId: "customerId",
  dueAt: "dueDate",
  taskType: "actionType",
  activityType: "type",
  title: "title",
  description: "notes",
  leadId: "relatedLeadId",
  appointmentId: "relatedAppointmentId",
  assigneeUserId: "assignedSalesId",
  ownerUserId: "assignedSalesId",
  from: "startDate",
  to: "endDate",
};

/** The domain names a field in its own spelling; a problem that has a part was found by this surface, in the body's. */
function inOurWords({ path, message, part }: FieldProblem): string {
  const name = part === undefined ? (ownNames[path] ?? path) : path;
  return message.startsWith(path) ? `${name}${message.slice(path.length)}` : message;
}
