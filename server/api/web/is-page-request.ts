import type { FastifyRequest } from "fastify";

/** First parts of addresses that are no screens: an unknown one below them is an API's 404, whoever asks. */
const notScreens = new Set([
  "api",
  "auth",
  "crm",
  "v1",
  "hooks",
  "webhook",
  "mcp",
  "t",
  "u",
  "forms",
  "health",
  "ready",
  "metrics",
  "chatbot",
  "whatsapp",
  "agentconnect",
  "salesperson",
  "leads-workspace",
  "assets",
]);

/** A person's browser opening or reloading an address of the app. */
export function isPageRequest({ method, url, headers }: Pick<FastifyRequest, "method" | "url" | "headers">): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  const path = url.split("?", 1)[0] ?? "";
  if (notScreens.has((path.split("/")[1] ?? "").toLowerCase())) return false;
  // "/favicon.ico" and the like: files we don't have, asked for by browsers on their own.
  if (/\.[a-z0-9]{1,6}$/i.test(path)) return false;
  return headers.accept?.includes("text/html") ?? false;
}
