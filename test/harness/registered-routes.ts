import type { FastifyInstance } from "fastify";

export type RegisteredRoute = { method: string; path: string };

/** Every route that the app has, as Fastify itself tells: nobody has to remember to name a new one. */
export function registeredRoutes(app: FastifyInstance): RegisteredRoute[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line): RegisteredRoute[] => {
      const [, indent = "", part = "", methods = ""] = /^(.*[└├]── )(\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
      if (part === "") return [];
      const depth = indent.length / 4;
      above.splice(depth - 1);
      above.push(part);
      const path = above.join("").replace("//", "/");
      return methods
        .split(", ")
        .filter((method) => method !== "" && method !== "HEAD" && method !== "OPTIONS")
        .map((method) => ({ method, path }));
    });
}
