import { type TSchema, Type } from "typebox";
import type { JsonObject } from "../json.ts";

// Plain type keywords rather than unions: a union becomes an anyOf, which serialises several times slower.
export const text = (maxLength = 100_000) => Type.String({ maxLength });
export const nullableText = Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 100_000 });
export const id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const nullableId = Type.Unsafe<number | null>({
  type: ["integer", "null"],
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
});
export const nullableNumber = Type.Unsafe<number | null>({ type: ["number", "null"] });
export const time = Type.String({ maxLength: 40, description: "RFC 3339, UTC" });
export const nullableTime = Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 40 });
export const nullableDate = Type.Unsafe<string | null>({ type: ["string", "null"], description: "2026-11-30" });
export const version = Type.Integer({ description: "Counts up with every edit; the ETag is v and this number." });
export const custom = Type.Unsafe<JsonObject>({
  type: "object",
  additionalProperties: true,
  description: "The company's own fields, by key.",
});

/** One of these words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return Type.Unsafe<Words[number]>({ type: "string", enum: [...words] });
}

export function oneOfOrNull<const Words extends readonly string[]>(words: Words) {
  return Type.Unsafe<Words[number] | null>({ type: ["string", "null"], enum: [...words, null] });
}

/** A page of a list. `next_cursor` asks for the next one; null at the end. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({ data: Type.Array(item), next_cursor: nullableText });
}

/** A short list that is given whole. */
export function listOf<Item extends TSchema>(item: Item) {
  return Type.Object({ data: Type.Array(item) });
}

/** What every list takes. */
export const paging = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, description: "50 where not said; 100 at most, more is cut to that." }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 2_000, description: "next_cursor of the page before." })),
};
