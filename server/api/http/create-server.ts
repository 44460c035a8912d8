import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { encodeWideText } from "./encode-wide-text.ts";
import { failureOf } from "./failure-of.ts";
import { hidePhones } from "./hide-phones.ts";
import { plainDialect } from "./plain-dialect.ts";
import { refuseBrokenRequest } from "./refuse-broken-request.ts";
import { serializerCompiler } from "./serializer.ts";
import { answerFailure, type Dialect } from "./surface.ts";
import { validatorCompiler } from "./validator.ts";

export type ServerOptions = {
  logLevel: string;
  trustProxy: boolean | number | string;
  /** In whose words an address that never reached a route is refused. */
  dialectOf?: (url: string) => Dialect;
};

/** Fastify with our validation, request ids and limits; no routes yet. */
export function createServer(options: ServerOptions): FastifyInstance {
  const trusted = options.trustProxy;
  const app = Fastify({
    logger: { level: options.logLevel },
    // Two log lines a request cost a fifth of the throughput; failures are logged where they are presented.
    logController: new LogController({ disableRequestLogging: true }),
    // Nor a logger for each request: the few lines name it themselves.
    childLoggerFactory: (logger) => logger,
    trustProxy: typeof trusted === "number" ? (_address: string, hop: number) => hop < trusted : trusted,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // A HEAD beside each GET doubles the routes of every start; nobody's document names one.
    exposeHeadRoutes: false,
    bodyLimit: 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    forceCloseConnections: "idle",
    // A client that stops half-way holds a socket no longer than this; slow-body.ts gives files more.
    requestTimeout: 60_000,
    frameworkErrors: (error, request, reply) => {
      answerFailure(options.dialectOf?.(request.url) ?? plainDialect, failureOf(error), request, reply);
    },
    clientErrorHandler: refuseBrokenRequest,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest("state", null);
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  hidePhones(app);
  encodeWideText(app);
  app.register(cookie);
  app.register(formbody);
  acceptEmptyJson(app);
  return app;
}

/** Clients send "Content-Type: application/json" on bodiless POST and DELETE too; that is an absent body, not a malformed one. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("remove", "remove");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser(
    /^application\/(?:[a-z0-9.-]+\+)?json(?:;|$)/i,
    { parseAs: "string" },
    (request, body, done) => {
      if (body === "") return done(null, undefined);
      return parse(request, String(body), done);
    },
  );
}
