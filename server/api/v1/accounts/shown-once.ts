import type { FastifyRequest } from "fastify";

const secrets = new WeakMap<FastifyRequest, object>();

/**
 * Puts a secret into this answer alone. The payload that a handler returns is kept for a repeated Idempotency-Key, where a secret
 * must not lie readable; so it is laid over the payload after that, by `revealOnce`.
 */
export function showOnce<Payload extends object>(
  request: FastifyRequest,
  payload: Payload,
  secret: Partial<Payload>,
): Payload {
  secrets.set(request, secret);
  return payload;
}

/** The preSerialization hook of a route that uses showOnce. */
export async function revealOnce(request: FastifyRequest, _reply: unknown, payload: unknown): Promise<unknown> {
  const secret = secrets.get(request);
  if (secret === undefined || typeof payload !== "object") return payload;
  return { ...payload, ...secret };
}
