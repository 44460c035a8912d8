import type { JsonObject } from "../../../shared/json.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";

/** What a task's own texts must keep; a field that is not given is not looked at. */
export function checkTaskFields(fields: { title?: string; taskType?: string; metadata?: JsonObject }): void {
  const { title, taskType, metadata } = fields;
  const problems: FieldProblem[] = [];
  if (title !== undefined && (title.trim() === "" || title.length > 500)) {
    problems.push({ path: "title", message: "title must be a text of 1 to 500 characters" });
  }
  if (taskType !== undefined && (taskType.trim() === "" || taskType.length > 100)) {
    problems.push({ path: "taskType", message: "task type must be a text of 1 to 100 characters" });
  }
  if (metadata !== undefined && JSON.stringify(metadata).length > 100_000) {
    problems.push({ path: "metadata", message: "metadata has at most 100,000 characters" });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}
