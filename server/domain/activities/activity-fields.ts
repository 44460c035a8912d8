import type { JsonObject } from "../../../shared/json.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";

export type ActivityFields = {
  title?: string | undefined;
  durationMinutes?: number | null | undefined;
  durationSeconds?: number | null | undefined;
  outcome?: string | null | undefined;
  fromName?: string | null | undefined;
  toName?: string | null | undefined;
  phone?: string | null | undefined;
  recordingUrl?: string | null | undefined;
  metadata?: JsonObject | undefined;
};

/** What an activity's own fields must keep; a field that is not given is not looked at. */
export function checkActivityFields(fields: ActivityFields): void {
  const { title, recordingUrl, metadata } = fields;
  const problems: FieldProblem[] = [...durationProblems(fields), ...lengthProblems(fields)];
  if (title !== undefined && (title.trim() === "" || title.length > 500)) {
    problems.unshift({ path: "title", message: "title must be a text of 1 to 500 characters" });
  }
  if (typeof recordingUrl === "string" && !isWebAddress(recordingUrl)) {
    problems.push({ path: "recordingUrl", message: "recordingUrl must be an http or https address" });
  }
  if (metadata && JSON.stringify(metadata).length > 100_000) {
    problems.push({ path: "metadata", message: "metadata has at most 100,000 characters" });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

/** Longer than ten years is a slip of the keyboard. */
const mostMinutes = 10 * 366 * 24 * 60;

function durationProblems({ durationMinutes: minutes, durationSeconds: seconds }: ActivityFields): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (typeof minutes === "number" && !(minutes >= 0 && minutes <= mostMinutes)) {
    problems.push({ path: "durationMinutes", message: `durationMinutes must be a number from 0 to ${mostMinutes}` });
  }
  if (typeof seconds === "number" && !(seconds >= 0 && seconds <= mostMinutes * 60)) {
    problems.push({
      path: "durationSeconds",
      message: `durationSeconds must be a number from 0 to ${mostMinutes * 60}`,
    });
  }
  return problems;
}

const longest = { outcome: 200, fromName: 200, toName: 200, phone: 100, recordingUrl: 2000 } as const;
const limited = ["outcome", "fromName", "toName", "phone", "recordingUrl"] as const;

function lengthProblems(fields: ActivityFields): FieldProblem[] {
  return limited.flatMap((path) => {
    const value = fields[path];
    if (typeof value !== "string" || value.length <= longest[path]) return [];
    return [{ path, message: `${path} must be a text of at most ${longest[path]} characters` }];
  });
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
}
