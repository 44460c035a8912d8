import { invalid } from "../../domain/domain-error.ts";

/**
 * An id in any of its spellings: 12, "12", "contact_12". Anything else is the caller's mistake.
 * `path` names the field in the error.
 */
export function readId(value: unknown, word: string, path = `${word}_id`): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  const digits =
    typeof value === "string" ? new RegExp(`^(?:${word}_)?0*([1-9]\\d{0,15})$`).exec(value.trim())?.[1] : undefined;
  const id = Number(digits);
  if (digits === undefined || !Number.isSafeInteger(id)) throw invalid(path, `${path} must look like ${word}_12 or 12`);
  return id;
}
