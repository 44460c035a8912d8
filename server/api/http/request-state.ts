import type { FastifyRequest } from "fastify";
import type { Actor, Ctx, Role } from "../../domain/context.ts";
import type { Reach } from "../../domain/reach/reach.ts";
import { RequestFailure } from "./failure.ts";

/** Who calls, as the accounts domain found them to be. */
export type Principal = {
  companyId: number;
  actor: Actor;
  role: Role;
  /** What the rate limit counts by: "user:12", "key:4", "open:1". */
  credential: string;
  requestsPerMinute: number;
  /** Multiplies what a document allows an hour. */
  hourlyLimitFactor: number;
  subscriptionActive: boolean;
  /** Whose people they see. */
  reach: Reach;
  /** An API key's scopes; undefined for people, who may do what their role may. */
  scopes?: readonly string[];
};

export type RequestState = { principal: Principal; ctx: Ctx };

declare module "fastify" {
  interface FastifyRequest {
    state: RequestState | null;
  }
  interface FastifyContextConfig {
    /** Open to callers without a token. */
    anonymous?: boolean;
    /** A POST that answers for itself on a repeated Idempotency-Key (default: the plumbing does). */
    ownIdempotency?: boolean;
  }
}

/** The domain context of this request. */
export function ctxOf(request: FastifyRequest): Ctx {
  return stateOf(request).ctx;
}

export function principalOf(request: FastifyRequest): Principal {
  return stateOf(request).principal;
}

function stateOf(request: FastifyRequest): RequestState {
  if (!request.state) throw new RequestFailure({ kind: "unauthenticated", message: "Authentication required" });
  return request.state;
}
