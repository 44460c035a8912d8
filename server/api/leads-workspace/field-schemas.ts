import { Type } from "typebox";

// Type lists instead of unions: a union becomes an anyOf, whose errors name every branch.
export const NullableText = Type.Unsafe<string | null>({ type: ["string", "null"] });
export const TextOrNumber = Type.Unsafe<string | number | null>({ type: ["string", "number", "null"] });
export const NullableFlag = Type.Unsafe<boolean | null>({ type: ["boolean", "null"] });
export const NullableNumber = Type.Unsafe<number | null>({ type: ["number", "null"] });
export const Id = Type.Unsafe<string | number | null>({ type: ["string", "integer", "null"] });

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word>({ type: "string", enum: [...words] });
}

export const LeadPath = Type.Object({ lead_id: Type.String({ description: 'LEAD-012, "lead_12" or 12' }) });

/** Clients repeat in the body which lead they mean; the path wins, and a body that names another one is refused. */
export const leadInBody = { lead_id: Type.Optional(Id), leadId: Type.Optional(Id) };

/** An addition to the document: which part of a list. */
export const pageFields = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, description: "100 where not said; above 1,000 it is 1,000" })),
};

export const PageQuery = Type.Object(pageFields);

/** What a write answers. */
export const Written = Type.Object({ message: Type.String(), id: Type.String(), lead_id: Type.String() });
