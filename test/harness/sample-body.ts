import { listOf, objectOf, textOf } from "../../shared/json.ts";

/** A body that a schema lets through, with these values where a property's name says so. */
export function sampleOf(schema: unknown, named: Record<string, unknown>, name = ""): unknown {
  const { type, enum: words, anyOf, properties, items, format, const: only } = objectOf(schema) ?? {};
  if (name in named) return named[name];
  if (only !== undefined) return only;
  if (Array.isArray(words)) return words[0];
  if (Array.isArray(anyOf)) return sampleOf(anyOf[0], named, name);
  switch (textOf(type) ?? listOf(type)[0]) {
    case "object":
      return Object.fromEntries(
        Object.entries(objectOf(properties) ?? {}).map(([key, value]) => [key, sampleOf(value, named, key)]),
      );
    case "array":
      return [sampleOf(items, named, name.replace(/s$/, ""))];
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    default:
      return format === "email" || /email/i.test(name) ? "walker@example.test" : textFor(name);
  }
}

function textFor(name: string): string {
  if (/phone|mobile/i.test(name)) return "+5511955554444";
  if (/(_|^)(at|date|from|to|start|end)$|At$|Date$|Time$/.test(name)) return "2027-01-11T10:00:00Z";
  if (/value|amount|price|budget/i.test(name)) return "10";
  return "Walker";
}
