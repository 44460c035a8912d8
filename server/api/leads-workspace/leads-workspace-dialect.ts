import { Type } from "typebox";
import type { FieldProblem } from "../../domain/domain-error.ts";
import { messageOf, usualStatus } from "../http/failure.ts";
import type { Dialect } from "../http/surface.ts";

const Problem = Type.Object({ loc: Type.Array(Type.String()), msg: Type.String(), type: Type.String() });

/** FastAPI's way: `{"detail":…}`, and for what does not fit its schema 422 with a list of what is wrong where. */
export const leadsWorkspaceDialect: Dialect = {
  errorSchema: Type.Object({
    detail: Type.Unsafe<string | object[]>({ anyOf: [{ type: "string" }, Type.Array(Problem)] }),
    request_id: Type.String(),
  }),
  present(failure, requestId) {
    switch (failure.kind) {
      case "invalid":
        return { status: 422, body: { detail: failure.problems.map(inOurWords), request_id: requestId } };
      case "malformed": {
        const problem = { loc: ["body"], msg: failure.message, type: "value_error" };
        return { status: 422, body: { detail: [problem], request_id: requestId } };
      }
      default:
        return { status: usualStatus(failure), body: { detail: messageOf(failure), request_id: requestId } };
    }
  },
};

/** The domain names a field in its own spelling. */
const ownNames: Record<string, string> = {
  phone: "mobile",
  company: "organization",
  position: "jobTitle",
  employees: "noOfEmployees",
  name: "firstName",
  ownerUserId: "leadOwner",
  owner: "leadOwner",
  assigneeUserId: "assignedTo",
  dueAt: "dueDate",
  occurredAt: "timestamp",
  durationSeconds: "duration",
  stage: "status",
  expectedCloseOn: "expectedCloseDate",
};

// A problem that has a part was found by this surface, in its own spelling.
function inOurWords({ path, message, part }: FieldProblem) {
  const name = part === undefined ? (ownNames[path] ?? path) : path;
  const missing = message.endsWith(" is required");
  const said = message.startsWith(path) ? `${name}${message.slice(path.length)}` : message;
  return {
    loc: [part ?? "body", ...name.split("/").filter((step) => step !== "")],
    msg: missing ? "Field required" : said,
    type: missing ? "missing" : typeOf(message),
  };
}

function typeOf(message: string): string {
  if (message.includes("must be one of")) return "enum";
  const expected = /must be (string|integer|number|boolean|object|array)/.exec(message)?.[1];
  return expected === undefined ? "value_error" : `${expected}_type`;
}
