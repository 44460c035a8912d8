import type { FastifyRequest } from "fastify";
import { mayWrite } from "../../../shared/roles.ts";
import { requireScope, requireSubscription } from "../../domain/accounts/permissions.ts";
import { forbidden } from "../../domain/domain-error.ts";
import { principalOf } from "./request-state.ts";

/** An onRequest hook for a document without roles of its own: the secretariat reads, the others write too. */
export async function authoriseByRole(request: FastifyRequest): Promise<void> {
  await authoriseByMethod(request);
  if (!request.state || request.method === "GET" || request.method === "HEAD") return;
  if (!mayWrite(principalOf(request).role)) throw forbidden("Your role may only read.");
}

/** An onRequest hook, for a document that asks for a subscription to read, too. */
export async function requireSubscriptionToRead(request: FastifyRequest): Promise<void> {
  if (request.state) requireSubscription(principalOf(request));
}

/** An onRequest hook, after authentication: an API key reads or writes as its scopes say, and writing needs a subscription. */
export async function authoriseByMethod(request: FastifyRequest): Promise<void> {
  if (!request.state) return;
  const principal = principalOf(request);
  if (request.method === "GET" || request.method === "HEAD") return requireScope(principal, "read");
  requireScope(principal, "write");
  requireSubscription(principal);
}
