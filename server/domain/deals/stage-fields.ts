import { DomainError, type FieldProblem } from "../domain-error.ts";

/** What a pipeline's stage must keep; `prefix` says where in the input it stands. */
export function checkStageFields(fields: { name?: string; probability?: number }, prefix = ""): void {
  const { name, probability } = fields;
  const problems: FieldProblem[] = [];
  if (name !== undefined && (name.trim() === "" || name.length > 200)) {
    problems.push({ path: `${prefix}name`, message: "name must be a text of 1 to 200 characters" });
  }
  if (probability !== undefined && (!Number.isInteger(probability) || probability < 0 || probability > 100)) {
    problems.push({ path: `${prefix}probability`, message: "probability must be a whole number from 0 to 100" });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}
