import { type Static, Type } from "typebox";
import { roles, scopes } from "../roles.ts";
import { id, nullableTime, oneOf, text, time } from "./fields.ts";

const scope = oneOf(scopes);

export const ApiKey = Type.Object({
  id,
  name: Type.String(),
  prefix: Type.String({ description: "How the key begins, so that a person recognises it." }),
  role: oneOf(roles),
  scopes: Type.Array(scope),
  created_by: Type.Unsafe<number | null>({ type: ["integer", "null"] }),
  last_used_at: nullableTime,
  expires_at: nullableTime,
  revoked_at: nullableTime,
  created_at: time,
});
export type ApiKey = Static<typeof ApiKey>;

/** A manager's rights to read and write, where nothing else is said. */
export const NewApiKey = Type.Object({
  name: text(200),
  role: Type.Optional(oneOf(roles)),
  scopes: Type.Optional(Type.Array(scope, { maxItems: 3 })),
  expires_at: Type.Optional(nullableTime),
});
export type NewApiKey = Static<typeof NewApiKey>;

export const CreatedApiKey = Type.Object({
  ...ApiKey.properties,
  key: Type.Unsafe<string | null>({
    type: ["string", "null"],
    description: "Shown once; null when an Idempotency-Key is repeated.",
  }),
});
export type CreatedApiKey = Static<typeof CreatedApiKey>;
