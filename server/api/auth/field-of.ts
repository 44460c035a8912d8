import { objectOf } from "../../../shared/json.ts";
import { invalid } from "../../domain/domain-error.ts";

/** The first of these spellings that the body has, as it stands: a password keeps its spaces. */
export function optionalField(body: unknown, ...names: string[]): string | undefined {
  const fields = objectOf(body);
  const name = names.find((each) => fields?.[each] !== undefined && fields[each] !== null && fields[each] !== "");
  if (name === undefined) return undefined;
  const value = fields?.[name];
  if (typeof value !== "string") throw invalid(name, `${name} must be a string`);
  if (value.length > 2_048) throw invalid(name, `${name} is too long`);
  return value;
}

export function requiredField(body: unknown, ...names: [string, ...string[]]): string {
  const value = optionalField(body, ...names);
  if (value === undefined) throw invalid(names[0], `${names[0]} is required`);
  return value;
}
