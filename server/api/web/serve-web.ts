import { existsSync } from "node:fs";
import { join } from "node:path";
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import files from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { RequestFailure } from "../http/failure.ts";
import { isPageRequest } from "./is-page-request.ts";
import { pagePolicy } from "./page-policy.ts";

/** Where `npm run build` leaves the pages. */
const defaultRoot = join(import.meta.dirname, "../../../dist/web");

/**
 * The web app at `/`: files by their names, and index.html for every address that only the app's own router knows. Any other
 * unknown address is refused in the words of the scope this is registered in.
 */
export async function serveWeb(app: FastifyInstance, { root = defaultRoot }: { root?: string }): Promise<void> {
  await app.register(helmet, pagePolicy);
  await app.register(compress, { threshold: 1024 });
  const built = existsSync(join(root, "index.html"));
  const answer = built ? page : notBuilt;
  if (built) await serveFiles(app, root);
  app.get("/", { config: { anonymous: true }, schema: { hide: true } }, (_request, reply) => answer(reply));
  app.setNotFoundHandler((request, reply) => {
    if (isPageRequest(request)) return answer(reply);
    const message = `There is nothing at ${request.method} ${request.url.split("?", 1)[0] ?? ""}.`;
    throw new RequestFailure({ kind: "route_not_found", message });
  });
}

function page(reply: FastifyReply): FastifyReply {
  return reply.code(200).sendFile("index.html");
}

function notBuilt(reply: FastifyReply): FastifyReply {
  const sentence = "The pages of Rapport are not built yet: run “npm run build” in its folder, then start it again.";
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rapport</title><p>${sentence}</p></html>`;
  return reply.code(503).type("text/html; charset=utf-8").send(html);
}

/**
 * Hashed files are looked up when asked for, so that a build made while the server runs is whole. The rest is a few fixed names; a
 * wildcard for them would take unknown addresses away from the surfaces.
 */
async function serveFiles(app: FastifyInstance, root: string): Promise<void> {
  const hashed = cacheControl("public, max-age=31536000, immutable");
  const fixed = cacheControl("no-cache");
  const options = { index: false, cacheControl: false } as const;
  await app.register(files, { ...options, root, wildcard: false, globIgnore: ["assets/**"], setHeaders: fixed });
  const assets = { root: join(root, "assets"), prefix: "/assets/", decorateReply: false };
  await app.register(files, { ...options, ...assets, setHeaders: hashed });
}

function cacheControl(value: string) {
  return (reply: FastifyReply): void => {
    reply.header("cache-control", value);
  };
}
