import type { FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import { createCtx } from "../../domain/context.ts";
import { RequestFailure } from "./failure.ts";
import type { Principal } from "./request-state.ts";
import { isSameOrigin } from "./same-origin.ts";

export type Credentials = { bearer?: string; apiKey?: string; sessionToken?: string };

export type Quota = { allowed: boolean; limit: number; remaining: number; resetSeconds: number };

/** A resource that a document allows so many requests an hour. */
export type HourlyLimit = { resource: string; perHour: number };

/** What the plumbing needs of the accounts domain. Answers at once where it can: a cached token costs no turn of the event loop. */
export type Gate = {
  authenticate: (credentials: Credentials) => Principal | undefined | Promise<Principal | undefined>;
  takeQuota: (principal: Principal) => Quota | Promise<Quota>;
  takeHourly: (principal: Principal, limit: HourlyLimit) => Quota | Promise<Quota>;
  sessionCookieNames: readonly string[];
  publicUrl: string | undefined;
};

/** Lets a surface admit callers without a token; undefined where it does not. */
export type OpenDoor = (request: FastifyRequest) => Principal | undefined | Promise<Principal | undefined>;

/** An onRequest hook: who calls, are they within their quota, and the context for the domain. */
export function authenticateRequest(db: Db, gate: Gate, openDoor?: OpenDoor) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (request.routeOptions.config.anonymous || request.is404) return;
    const credentials = credentialsOf(request, gate.sessionCookieNames);
    const principal = hasAny(credentials) ? await known(gate, credentials) : await openDoor?.(request);
    if (!principal) throw new RequestFailure({ kind: "unauthenticated", message: "Authentication required" });
    if (credentials.sessionToken) refuseForeignOrigin(request, gate.publicUrl);
    const quota = gate.takeQuota(principal);
    applyQuota(reply, quota instanceof Promise ? await quota : quota);
    const { companyId, actor, reach } = principal;
    request.state = { principal, ctx: createCtx({ db, companyId, actor, reach, requestId: request.id }) };
  };
}

async function known(gate: Gate, credentials: Credentials): Promise<Principal> {
  const found = gate.authenticate(credentials);
  const principal = found instanceof Promise ? await found : found;
  if (!principal) throw new RequestFailure({ kind: "unauthenticated", message: "Invalid or expired token" });
  return principal;
}

export function credentialsOf(request: FastifyRequest, cookieNames: readonly string[]): Credentials {
  const { authorization, "x-api-key": apiKey } = request.headers;
  if (authorization) return { bearer: /^bearer\s+(.+)$/i.exec(authorization)?.[1]?.trim() ?? "" };
  if (typeof apiKey === "string" && apiKey !== "") return { apiKey };
  const sessionToken = cookieNames.map((name) => request.cookies[name]).find(Boolean);
  return sessionToken ? { sessionToken } : {};
}

function hasAny(credentials: Credentials): boolean {
  return credentials.bearer !== undefined || credentials.apiKey !== undefined || credentials.sessionToken !== undefined;
}

/** A cookie is sent by the browser whoever asks for it, so a page of another site must not write with it. */
function refuseForeignOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  if (request.method === "GET" || request.method === "HEAD" || isSameOrigin(request, publicUrl)) return;
  throw new RequestFailure({ kind: "forbidden", message: "This request came from another site." });
}

function applyQuota(reply: FastifyReply, quota: Quota): void {
  reply.header("ratelimit-policy", `"default";q=${quota.limit};w=60`);
  reply.header("ratelimit", `"default";r=${quota.remaining};t=${quota.resetSeconds}`);
  if (quota.allowed) return;
  const message = `Rate limit exceeded: ${quota.limit} requests a minute.`;
  throw new RequestFailure({ kind: "rate_limited", retryAfterSeconds: quota.resetSeconds, message });
}
