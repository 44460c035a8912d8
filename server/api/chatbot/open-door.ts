import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import { companyBySlug } from "../../domain/accounts/company-by-slug.ts";
import { everyone } from "../../domain/reach/reach.ts";
import type { OpenDoor } from "../http/authenticate-request.ts";
import { RequestFailure } from "../http/failure.ts";
import type { Principal } from "../http/request-state.ts";
import { isSameOrigin } from "../http/same-origin.ts";

const requestsPerMinute = 300_000;
const rememberedMs = 5_000;

/**
 * Admits callers on this machine without a token to one company, because the document's samples carry none. A page of another site
 * in a browser on this machine is a caller too: it is told apart by what browsers send along, and by the name it dialled
 * (a foreign name that resolves to loopback).
 */
export function openChatbotDoor(db: Db, slug: string): OpenDoor {
  let known: { principal: Principal; loadedAt: number } | undefined;
  return async (request) => {
    if (!isLocal(request)) return undefined;
    const now = Date.now();
    if (!known || now - known.loadedAt > rememberedMs)
      known = { principal: await principalFor(db, slug), loadedAt: now };
    return known.principal;
  };
}

async function principalFor(db: Db, slug: string): Promise<Principal> {
  const company = await companyBySlug(db, slug);
  if (!company) {
    const message = `RAPPORT_OPEN_CHATBOT names the company "${slug}", which does not exist.`;
    throw new RequestFailure({ kind: "unauthenticated", message });
  }
  return {
    companyId: company.id,
    actor: { kind: "open", role: "admin" },
    role: "admin",
    credential: `open:${company.id}`,
    requestsPerMinute,
    hourlyLimitFactor: 1,
    subscriptionActive: company.subscriptionActive,
    reach: everyone,
  };
}

function isLocal(request: FastifyRequest): boolean {
  // A proxy on this machine passes on callers from anywhere.
  if (request.headers["x-forwarded-for"] !== undefined || request.headers.forwarded !== undefined) return false;
  const dialled = request.hostname.replace(/^\[|\]$/g, "");
  return (
    isLoopback(request.socket.remoteAddress ?? "127.0.0.1") && isLoopback(dialled) && isSameOrigin(request, undefined)
  );
}

function isLoopback(address: string): boolean {
  // A name that begins with 127 is no address: "127.evil.test" may resolve to anything.
  return address === "localhost" || address === "::1" || (isIP(address) !== 0 && /^(::ffff:)?127\./.test(address));
}
