import type { FastifyRequest } from "fastify";

/** Whether a browser says that the request comes from our own pages. Without any of its headers it is not a page of another site. */
export function isSameOrigin(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { "sec-fetch-site": site, origin, host } = request.headers;
  if (typeof site === "string") return site === "same-origin" || site === "none";
  if (origin === undefined) return true;
  return origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host);
}
