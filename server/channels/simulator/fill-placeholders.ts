import { objectOf, textOf } from "../../../shared/json.ts";
import { GraphRefusal } from "./graph-refusal.ts";

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

/** The text with its {{1}} or {{first_name}} filled in; refused in Meta's words where the parameters don't fit. */
export function fillPlaceholders(text: string, parameters: unknown[], where: string): string {
  const names = [...new Set([...text.matchAll(placeholder)].map(([, name]) => name ?? ""))];
  if (parameters.length !== names.length) {
    const counted = `number of localizable_params (${parameters.length}) does not match the expected number of params`;
    throw new GraphRefusal(132000, `${where}: ${counted} (${names.length})`);
  }
  const values = new Map(parameters.map((value, index) => pairOf(value, index, names, where)));
  return text.replace(placeholder, (_match, name: string) => values.get(name) ?? "");
}

function pairOf(value: unknown, index: number, names: string[], where: string): [name: string, word: string] {
  const parameter = objectOf(value) ?? {};
  const isPositional = names.every((name) => /^\d+$/.test(name));
  const given = textOf(parameter.parameter_name);
  const name = isPositional ? String(index + 1) : given;
  if (name === undefined || !names.includes(name)) {
    throw new GraphRefusal(132012, `${where}: Parameter name (${given ?? "none"}) does not match the template's`);
  }
  return [name, wordOf(parameter, where)];
}

// Meta's own samples send booleans as text.
function wordOf(parameter: Record<string, unknown>, where: string): string {
  const type = textOf(parameter.type) ?? "text";
  const { text } = parameter;
  const plain = typeof text === "boolean" ? String(text) : textOf(text);
  const word = (type === "text" ? plain : textOf(objectOf(parameter[type])?.fallback_value)) ?? "";
  if (type !== "text" && type !== "currency" && type !== "date_time") {
    throw new GraphRefusal(132012, `${where}: Format mismatch, expected TEXT, received ${type.toUpperCase()}`);
  }
  if (word === "") throw new GraphRefusal(131008, `${where}: Parameter of type ${type} is missing text value`);
  return word;
}
