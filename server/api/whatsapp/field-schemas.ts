import { Type } from "typebox";
import type { HourlyLimit } from "../http/authenticate-request.ts";

// Type lists instead of unions: a union becomes an anyOf, whose errors name every branch.
export const NullableText = Type.Unsafe<string | null>({ type: ["string", "null"] });

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word>({ type: "string", enum: [...words] });
}

/** What every list takes. */
export const pageFields = {
  limit: Type.Optional(Type.Integer({ minimum: 0, description: "50 where not said; above 100 it is 100" })),
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
};

/** 50 where not said; above the maximum it is cut to 100. */
export function pageOf(query: { limit?: number; skip?: number }): { limit: number; skip: number } {
  return { limit: Math.min(query.limit ?? 50, 100), skip: query.skip ?? 0 };
}

export const ById = Type.Object({ id: Type.String() });

/** The answer of a write that gives nothing back. */
export const Done = Type.Object({ success: Type.Boolean(), message: Type.String() });

/** As the document limits them. */
export const hourly = {
  dashboard: { resource: "dashboard", perHour: 100 },
  contacts: { resource: "contacts", perHour: 500 },
  conversations: { resource: "conversations", perHour: 500 },
  analytics: { resource: "analytics", perHour: 100 },
} satisfies Record<string, HourlyLimit>;
