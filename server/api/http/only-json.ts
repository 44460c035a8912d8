import type { FastifyInstance } from "fastify";

/** Refuses forms and plain text (415): read as JSON fields they would be unknown ones, and ignored while the caller is told that all went well. */
export function onlyJson(app: FastifyInstance): void {
  app.removeContentTypeParser(["text/plain", "application/x-www-form-urlencoded"]);
}
