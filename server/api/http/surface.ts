import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { TSchema } from "typebox";
import type { Db } from "../../db/connection.ts";
import { authenticateRequest, type Gate, type OpenDoor } from "./authenticate-request.ts";
import type { Failure } from "./failure.ts";
import { failureOf } from "./failure-of.ts";
import { onceByIdempotencyKey } from "./idempotency.ts";
import { describeSurface, type OpenPaths } from "./surface-document.ts";

/** How one surface says that something went wrong. */
export type Dialect = {
  present: (failure: Failure, requestId: string) => { status: number; body: object };
  /** application/json where not said. */
  errorType?: string;
  /** The schema of every error body. */
  errorSchema: TSchema;
};

export type SurfaceOptions = {
  name: string;
  title: string;
  description: string;
  dialect: Dialect;
  db: Db;
  gate: Gate;
  openDoor?: OpenDoor;
  /** Where the surface is live besides its documented paths: "/chatbot". */
  prefix?: string;
  /** Which mount the document describes: the one below the prefix, where a path is another dialect's too at the root. */
  describes?: "documented paths" | "prefix";
  /** Paths of other surfaces that this one's document names. */
  otherPaths?: OpenPaths;
  /** Paths below which an unknown address is answered in this dialect. */
  notFoundPrefix?: string;
  routes: (app: FastifyInstance) => void | Promise<void>;
};

/**
 * Mounts a surface: its routes at the documented paths, with its own authentication, errors and OpenAPI document
 * (`/<name>/openapi.json`, a page at `/<name>/docs`), and once more below its prefix.
 */
export async function registerSurface(app: FastifyInstance, options: SurfaceOptions): Promise<void> {
  await app.register((scope) => mount(scope, options, "documented paths"));
  if (options.prefix) await app.register((scope) => mount(scope, options, "prefix"), { prefix: options.prefix });
}

async function mount(
  scope: FastifyInstance,
  options: SurfaceOptions,
  at: "documented paths" | "prefix",
): Promise<void> {
  if (at === (options.describes ?? "documented paths")) await describeSurface(scope, options);
  speak(scope, options.dialect);
  scope.addHook("onRequest", authenticateRequest(options.db, options.gate, options.openDoor));
  scope.addHook("onRoute", adapt);
  if (at === "documented paths" && options.notFoundPrefix)
    answerUnknown(scope, options.dialect, options.notFoundPrefix);
  await options.routes(scope);
}

/** Errors of this scope are said in this dialect. */
export function speak(scope: FastifyInstance, dialect: Dialect): void {
  scope.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error);
    if (failure.kind === "internal")
      request.log.error({ reqId: request.id, err: error, url: request.url }, "request failed");
    return answerFailure(dialect, failure, request, reply);
  });
}

/** Says in this dialect what went wrong. */
export function answerFailure(
  dialect: Dialect,
  failure: Failure,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, body } = dialect.present(failure, request.id);
  if ("retryAfterSeconds" in failure) reply.header("retry-after", failure.retryAfterSeconds);
  if (failure.kind === "unauthenticated") reply.header("www-authenticate", "Bearer");
  return reply
    .code(status)
    .header("x-request-id", request.id)
    .type(dialect.errorType ?? "application/json; charset=utf-8")
    .send(JSON.stringify(body));
}

function answerUnknown(scope: FastifyInstance, dialect: Dialect, prefix: string): void {
  scope.register(
    async (below) => {
      below.setNotFoundHandler((request, reply) => {
        const { status, body } = dialect.present(unknownRoute(request), request.id);
        return reply
          .code(status)
          .type(dialect.errorType ?? "application/json; charset=utf-8")
          .send(body);
      });
    },
    { prefix },
  );
}

export function unknownRoute(request: FastifyRequest): Failure {
  return {
    kind: "route_not_found",
    message: `There is nothing at ${request.method} ${request.url.split("?", 1)[0] ?? ""}.`,
  };
}

/** Every POST takes an Idempotency-Key. */
function adapt(route: RouteOptions): void {
  if (route.method === "POST" && !route.config?.ownIdempotency && !route.config?.anonymous) {
    route.handler = onceByIdempotencyKey(route.handler);
  }
}
