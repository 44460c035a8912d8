import type { Json, JsonObject } from "../../../shared/json.ts";
import type { Ctx } from "../context.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";
import type { CustomEntity, CustomField } from "./custom-field.ts";
import { listCustomFields } from "./list-custom-fields.ts";

/** Refuses values of fields that are not defined or not of their kind; null is always fine and clears. */
export async function validateCustom(ctx: Ctx, entity: CustomEntity, values: JsonObject): Promise<void> {
  if (Object.keys(values).length === 0) return;
  const problems = customProblems(await listCustomFields(ctx, entity), values);
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

/** The same for who has read the definitions already: an import, which asks for each of its rows. */
export function customProblems(defined: CustomField[], values: JsonObject): FieldProblem[] {
  const fields = new Map(defined.map((field) => [field.key, field]));
  return Object.entries(values).flatMap(([key, value]): FieldProblem[] => {
    const message = complaint(fields.get(key), value);
    return message === undefined ? [] : [{ path: `custom.${key}`, message: `custom.${key} ${message}` }];
  });
}

function complaint(field: CustomField | undefined, value: Json): string | undefined {
  if (!field) return "is not a field of this company";
  if (value === null) return undefined;
  switch (field.kind) {
    case "text":
      return typeof value === "string" && value.length <= 10_000
        ? undefined
        : "must be a text of at most 10000 characters";
    case "number":
      return typeof value === "number" ? undefined : "must be a number";
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "date":
      return isDate(value) ? undefined : "must be a date such as 2026-11-30";
    case "select":
      return typeof value === "string" && field.options.includes(value)
        ? undefined
        : `must be one of: ${field.options.join(", ")}`;
  }
}

function isDate(value: Json): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = new Date(`${value}T00:00:00Z`);
  // "2026-02-30" parses as a day of March, which it is not.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
}
