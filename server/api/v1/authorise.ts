import type { FastifyRequest } from "fastify";
import { mayWrite } from "../../../shared/roles.ts";
import type { Role } from "../../domain/context.ts";
import { forbidden } from "../../domain/domain-error.ts";
import { authoriseByMethod } from "../http/authorise-by-method.ts";
import { principalOf } from "../http/request-state.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Only these roles; where not said, everybody reads and everybody but the secretariat writes. */
    roles?: readonly Role[];
  }
}

/** Route config of what only admins and managers do. */
export const forManagers = { roles: ["admin", "manager"] } as const;

/** An onRequest hook, after authentication: may this role, and this key, do this? */
export async function authorise(request: FastifyRequest): Promise<void> {
  if (!request.state) return;
  const { role } = principalOf(request);
  const { roles } = request.routeOptions.config;
  if (roles && !roles.includes(role)) throw forbidden("Your role may not do this.");
  const reads = request.method === "GET" || request.method === "HEAD";
  if (!reads && !roles && !mayWrite(role)) throw forbidden("Your role may only read.");
  await authoriseByMethod(request);
}
