import type { FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import type { Instance } from "../../domain/accounts/instance.ts";
import type { TokenKeys } from "../../domain/accounts/token-keys.ts";

export type AuthDeps = { db: Db; keys: TokenKeys; publicUrl: string | undefined; now: () => Date };

/** Where each route of sign-in stands: at the address of either kind of document, and our own. */
export const prefixes = ["/api/auth", "/auth", "/api/v1/auth"] as const;

export function instanceOf(deps: AuthDeps, request: FastifyRequest): Instance {
  return { db: deps.db, now: deps.now, requestId: request.id };
}
