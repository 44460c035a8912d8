import type { FastifyReply, FastifyRequest } from "fastify";
import { type Attempt, limitedAttempt } from "../../domain/accounts/limited-attempt.ts";
import { type AuthDeps, instanceOf } from "./auth-deps.ts";

/** Runs an attempt within its limits and says in the headers what is left. */
export async function limitAttempts<Result>(
  deps: AuthDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  attempt: Omit<Attempt, "address">,
  work: () => Promise<Result>,
): Promise<Result> {
  const onQuota: Parameters<typeof limitedAttempt>[2] = ({ name, limit, windowSeconds, remaining, resetSeconds }) => {
    reply.header("ratelimit-policy", `"${name}";q=${limit};w=${windowSeconds}`);
    reply.header("ratelimit", `"${name}";r=${remaining};t=${resetSeconds}`);
  };
  return limitedAttempt(instanceOf(deps, request), { ...attempt, address: request.ip }, onQuota, work);
}
