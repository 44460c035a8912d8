import { Type } from "typebox";
import type { JsonObject } from "../../../shared/json.ts";

// Type lists instead of unions: a union becomes an anyOf, whose errors name every branch.
export const Id = Type.Unsafe<string | number>({
  type: ["string", "integer"],
  description: '"12", 12 or "contact_12"',
});
export const NullableId = Type.Unsafe<string | number | null>({ type: ["string", "integer", "null"] });
export const NullableText = Type.Unsafe<string | null>({ type: ["string", "null"] });
export const NullableNumber = Type.Unsafe<number | null>({ type: ["number", "null"] });
export const NullableMoney = Type.Unsafe<number | string | null>({ type: ["number", "string", "null"] });
export const AnyObject = Type.Unsafe<JsonObject>({ type: "object", additionalProperties: true });
export const Time = Type.String({ description: "RFC 3339, UTC" });

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word>({ type: "string", enum: [...words] });
}

export function oneOfOrNull<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word | null>({ type: ["string", "null"], enum: [...words, null] });
}

/** What every list takes. */
export const pageFields = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: "Counts from 1." })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, description: "1,000 where not said, with a page 100; above 1,000 it is 1,000." }),
  ),
  search: Type.Optional(Type.String({ description: "Any part of the texts or of the customer's name." })),
};

export const ById = Type.Object({ id: Type.String() });

export const Done = Type.Object({ id: Type.String(), message: Type.String() });
