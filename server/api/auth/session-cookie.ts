import type { FastifyReply, FastifyRequest } from "fastify";
import { sessionMaxDays } from "../../domain/accounts/session.ts";

const hostCookie = "__Host-sid";
const plainCookie = "sid";

/** The cookies a session may come in. Where the address is https, only the one no neighbouring host can set. */
export function cookieNames(publicUrl: string | undefined): string[] {
  return isHttps(publicUrl) ? [hostCookie] : [hostCookie, plainCookie];
}

export function heldSession(request: FastifyRequest, publicUrl: string | undefined): string | undefined {
  return cookieNames(publicUrl)
    .map((name) => request.cookies[name])
    .find(Boolean);
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  publicUrl?: string,
): void {
  const secure = isHttps(publicUrl) || request.protocol === "https";
  // The name's prefix makes browsers insist on Secure, so plain http on this machine needs the other one.
  const name = secure ? hostCookie : plainCookie;
  const maxAge = sessionMaxDays * 86_400;
  reply.setCookie(name, token, { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge });
}

export function clearSessionCookies(reply: FastifyReply): void {
  reply.clearCookie(hostCookie, { path: "/", httpOnly: true, sameSite: "lax", secure: true });
  reply.clearCookie(plainCookie, { path: "/", httpOnly: true, sameSite: "lax" });
}

function isHttps(publicUrl: string | undefined): boolean {
  return publicUrl?.startsWith("https://") ?? false;
}
