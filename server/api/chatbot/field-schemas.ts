import { Type } from "typebox";

// Type lists instead of unions: a union becomes an anyOf, whose errors name every branch.
export const Id = Type.Unsafe<string | number>({ type: ["string", "integer"], description: 'contact_12, 12 or "12"' });
export const NullableId = Type.Unsafe<string | number | null>({ type: ["string", "integer", "null"] });
export const NullableText = Type.Unsafe<string | null>({ type: ["string", "null"] });
export const NullableNumber = Type.Unsafe<number | null>({ type: ["number", "null"] });
export const Money = Type.Unsafe<number | string>({ type: ["number", "string"] });

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word>({ type: "string", enum: [...words] });
}

export function oneOfOrNull<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word | null>({ type: ["string", "null"], enum: [...words, null] });
}

/** What every list takes. */
export const pageFields = {
  limit: Type.Optional(Type.Integer({ minimum: 0, description: "20 where not said; above 100 it is 100" })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
};

export const searchField = {
  search: Type.Optional(Type.String({ description: "Any part of the texts of the record or of its contact" })),
};

export const ById = Type.Object({ id: Type.String() });

/** The answer of a write that gives nothing back. */
export const Done = Type.Object({ status: Type.String(), message: Type.String() });

export function success(message: string): { status: "success"; message: string } {
  return { status: "success", message };
}
