import { textOf } from "../../../shared/json.ts";
import { missing, tooLong } from "./graph-call.ts";

/** A text that must be there and may be so long; Meta counts characters as people do. */
export function requiredText(value: unknown, parameter: string, most: number): string {
  const text = textOf(value);
  if (text === undefined || text.trim() === "") throw missing(parameter);
  return withinLength(text, parameter, most);
}

export function optionalText(value: unknown, parameter: string, most: number): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : withinLength(text, parameter, most);
}

function withinLength(text: string, parameter: string, most: number): string {
  if (Array.from(text).length > most) throw tooLong(parameter, most);
  return text;
}
