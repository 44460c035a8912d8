import type { FastifyRequest } from "fastify";
import { forbidden } from "../../domain/domain-error.ts";
import { readId } from "../http/read-id.ts";
import { principalOf } from "../http/request-state.ts";

/** An onRequest hook of the routes that the secretariat has no part in. */
export async function notForSecretariat(request: FastifyRequest): Promise<void> {
  if (request.state && principalOf(request).role === "secretariat") throw forbidden("Your role may not do this.");
}

/** Whose actions, customers and figures are asked for: a salesperson's own; managers and admins name somebody, or see all. */
export function salespersonAsked(request: FastifyRequest, asked: string | undefined): { userId?: number } {
  const own = ownUserId(request);
  if (own !== undefined) return { userId: own };
  return asked === undefined || asked === "" ? {} : { userId: readId(asked, "user", "assignedSalesId") };
}

/** The salesperson who calls; nobody for other roles, and for a key, which is nobody in person and sees what is in its reach. */
export function ownUserId(request: FastifyRequest): number | undefined {
  const { role, actor } = principalOf(request);
  return role === "salesperson" && actor.kind === "user" ? actor.userId : undefined;
}
