import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll } from "vitest";
import { createGate } from "../../../server/api/auth/create-gate.ts";
import { chatbotSurface } from "../../../server/api/chatbot/chatbot-surface.ts";
import { createServer } from "../../../server/api/http/create-server.ts";
import { sharedContactsSurface } from "../../../server/api/shared-contacts/shared-contacts-surface.ts";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import type { Scope } from "../../../server/domain/accounts/permissions.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { objectOf } from "../../../shared/json.ts";
import { type TestDatabase, testDatabase } from "../../harness/test-database.ts";

export type Answer = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> };

export type Caller = {
  ctx: Ctx;
  get: (url: string) => Promise<Answer>;
  post: (url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  put: (url: string, body: unknown) => Promise<Answer>;
  patch: (url: string, body?: unknown) => Promise<Answer>;
  delete: (url: string) => Promise<Answer>;
};

export type ChatbotApp = TestDatabase & {
  app: FastifyInstance;
  /** Somebody in a new company. */
  caller: (scopes?: Scope[]) => Promise<Caller>;
  anonymous: (options: InjectOptions) => Promise<Answer>;
};

/** The dialect in process, beside the path it shares, with the real door, on a database of this file's own. */
export async function chatbotApp(): Promise<ChatbotApp> {
  const database = await testDatabase();
  const { db, ctx, createCompany } = database;
  const app = createServer({ logLevel: "silent", trustProxy: false });
  const gate = createGate(db, { jwtKey: Buffer.alloc(32, 7).toString("base64url"), publicUrl: undefined });
  await chatbotSurface(app, { db, gate });
  await sharedContactsSurface(app, { db, gate });
  await app.ready();
  afterAll(() => app.close());
  return {
    ...database,
    app,
    anonymous: (options) => answerOf(app, options),
    async caller(scopes = ["read", "write"]) {
      const companyId = await createCompany();
      const { key } = await createApiKey(ctx(companyId), { name: "test", scopes });
      return callerWith(app, ctx(companyId), { authorization: `Bearer ${key}` });
    },
  };
}

function callerWith(app: FastifyInstance, ctx: Ctx, credentials: Record<string, string>): Caller {
  const call = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown, headers = {}) => {
    const json = body === undefined ? {} : { payload: JSON.stringify(body) };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    return answerOf(app, { method, url, headers: { ...type, ...credentials, ...headers }, ...json });
  };
  return {
    ctx,
    get: (url) => call("GET", url),
    post: (url, body, headers) => call("POST", url, body, headers),
    put: (url, body) => call("PUT", url, body),
    patch: (url, body) => call("PATCH", url, body),
    delete: (url) => call("DELETE", url),
  };
}

async function answerOf(app: FastifyInstance, options: InjectOptions): Promise<Answer> {
  const answer = await app.inject(options);
  const json: unknown = answer.body === "" ? {} : JSON.parse(answer.body);
  return { status: answer.statusCode, body: objectOf(json) ?? {}, headers: answer.headers };
}
