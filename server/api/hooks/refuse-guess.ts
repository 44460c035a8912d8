import type { FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import { limitedAttempt } from "../../domain/accounts/limited-attempt.ts";
import { DomainError, type Refusal } from "../../domain/domain-error.ts";

/** Refuses a wrong secret and counts it against its address: 50 in a quarter of an hour, then 429. A right one is never counted. */
export async function refuseGuess(
  db: Db,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): Promise<never> {
  const instance = { db, now: () => new Date(), requestId: request.id };
  return limitedAttempt(
    instance,
    { kind: "link", address: request.ip, counts: "failures" },
    ({ name, limit, windowSeconds, remaining, resetSeconds }) => {
      reply.header("ratelimit-policy", `"${name}";q=${limit};w=${windowSeconds}`);
      reply.header("ratelimit", `"${name}";r=${remaining};t=${resetSeconds}`);
    },
    async () => {
      throw new DomainError(refusal);
    },
  );
}
