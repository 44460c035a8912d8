import type { FastifyRequest } from "fastify";

/** A preValidation hook of routes whose body may be left away: all that it could say is optional. */
export async function absentBodyIsEmpty(request: FastifyRequest): Promise<void> {
  request.body ??= {};
}
