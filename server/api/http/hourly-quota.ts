import type { FastifyReply, FastifyRequest } from "fastify";
import type { Gate, HourlyLimit } from "./authenticate-request.ts";
import { RequestFailure } from "./failure.ts";
import { principalOf } from "./request-state.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    hourly?: HourlyLimit;
  }
}

/** An onRequest hook, after authentication, for routes with `config.hourly`: counts per caller. */
export function limitHourly(gate: Gate) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { hourly } = request.routeOptions.config;
    if (hourly && request.state) await takeHour(gate, hourly, request, reply);
  };
}

export async function takeHour(
  gate: Gate,
  limit: HourlyLimit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { resource } = limit;
  const taken = gate.takeHourly(principalOf(request), limit);
  const quota = taken instanceof Promise ? await taken : taken;
  // Before the limit per minute, which is there already: the narrower one is what a client must heed.
  prepend(reply, "ratelimit-policy", `"${resource}";q=${quota.limit};w=3600`);
  prepend(reply, "ratelimit", `"${resource}";r=${quota.remaining};t=${quota.resetSeconds}`);
  if (quota.allowed) return;
  const message = `Rate limit exceeded: ${quota.limit} ${resource} requests an hour.`;
  throw new RequestFailure({ kind: "rate_limited", retryAfterSeconds: quota.resetSeconds, message });
}

function prepend(reply: FastifyReply, name: string, value: string): void {
  const standing = reply.getHeader(name);
  reply.header(name, standing === undefined ? value : `${value}, ${String(standing)}`);
}
