import { DomainError, type FieldProblem } from "../domain-error.ts";

export type ActivityFields = {
  title?: string | undefined;
  durationMinutes?: number | null | undefined;
  outcome?: string | null | undefined;
};

/** What an activity's own fields must keep; a field that is not given is not looked at. */
export function checkActivityFields({ title, durationMinutes, outcome }: ActivityFields): void {
  const problems: FieldProblem[] = [];
  if (title !== undefined && (title.trim() === "" || title.length > 500)) {
    problems.push({ path: "title", message: "title must be a text of 1 to 500 characters" });
  }
  if (typeof durationMinutes === "number" && !(durationMinutes >= 0 && durationMinutes <= 1e9)) {
    problems.push({ path: "durationMinutes", message: "duration must be a number of minutes, not negative" });
  }
  if (typeof outcome === "string" && outcome.length > 200) {
    problems.push({ path: "outcome", message: "outcome must be a text of at most 200 characters" });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}
