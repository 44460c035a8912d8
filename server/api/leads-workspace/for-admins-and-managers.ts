import type { FastifyRequest } from "fastify";
import { forbidden } from "../../domain/domain-error.ts";
import { authoriseByMethod } from "../http/authorise-by-method.ts";
import { principalOf } from "../http/request-state.ts";

/** An onRequest hook: the document lets admins in; managers lead here too. */
export async function forAdminsAndManagers(request: FastifyRequest): Promise<void> {
  if (!request.state) return;
  const { role } = principalOf(request);
  if (role !== "admin" && role !== "manager") throw forbidden("Admin access required");
  await authoriseByMethod(request);
}
