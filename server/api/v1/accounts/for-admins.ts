import type { FastifyRequest } from "fastify";
import { requireScope } from "../../../domain/accounts/permissions.ts";
import { principalOf } from "../../http/request-state.ts";

/** What only an admin does; by an API key, only one that was made for it. */
export const forAdmins = { config: { roles: ["admin"] }, preHandler: requireAdminScope } as const;

async function requireAdminScope(request: FastifyRequest): Promise<void> {
  requireScope(principalOf(request), "admin");
}
