import type { FastifyInstance } from "fastify";

/** Meta promises bodies of up to 3 MB; a little more, because what we refuse is lost after their retries. */
const bodyLimit = 4 * 1024 * 1024;

/** Bodies of this scope come as the bytes that were sent, whatever type they claim: signatures are made over bytes. */
export function keepRawBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // A type that cannot be read is refused before any parser is asked, and with it a body that was signed correctly.
  app.addHook("onRequest", async (request) => {
    request.raw.headers["content-type"] = "application/octet-stream";
  });
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) => done(null, body));
}
