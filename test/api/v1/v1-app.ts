import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll } from "vitest";
import { createGate } from "../../../server/api/auth/create-gate.ts";
import { createServer } from "../../../server/api/http/create-server.ts";
import { v1Surface } from "../../../server/api/v1/v1-surface.ts";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import type { Scope } from "../../../server/domain/accounts/permissions.ts";
import { createSession } from "../../../server/domain/accounts/session.ts";
import { enterCompany } from "../../../server/domain/accounts/signed-in.ts";
import type { Role } from "../../../server/domain/context.ts";
import { memberOf } from "../../factories/people.ts";
import { noChannels } from "../../harness/no-channels.ts";
import { type TestDatabase, testDatabase } from "../../harness/test-database.ts";

export type Answer = LightMyRequestResponse;

export type Caller = {
  companyId: number;
  get: (url: string, headers?: Record<string, string>) => Promise<Answer>;
  post: (url: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;
  patch: (url: string, body: object, headers?: Record<string, string>) => Promise<Answer>;
  /** A body as it stands, as application/json. */
  raw: (method: "POST" | "PATCH" | "PUT" | "DELETE", url: string, payload: string) => Promise<Answer>;
  delete: (url: string, headers?: Record<string, string>) => Promise<Answer>;
};

export type V1App = TestDatabase & {
  app: FastifyInstance;
  /** Somebody of this role in a new company, or in the one given. */
  caller: (role?: Role, companyId?: number, scopes?: Scope[]) => Promise<Caller>;
  /** A member of the company, signed in with a browser. */
  browser: (companyId: number, role: Role) => Promise<Caller & { userId: number }>;
  anonymous: Caller;
};

/** Our own API in process, with the real door, on a database of this file's own. */
export async function v1App(): Promise<V1App> {
  const database = await testDatabase();
  const app = createServer({ logLevel: "silent", trustProxy: false });
  const jwtKey = Buffer.alloc(32, 7).toString("base64url");
  const gate = createGate(database.db, { jwtKey, publicUrl: undefined });
  await v1Surface(app, { db: database.db, gate, appSecret: "secret", encryptionKey: jwtKey, ...noChannels });
  await app.ready();
  afterAll(() => app.close());
  return {
    ...database,
    app,
    anonymous: callerWith(app, 0, {}),
    async browser(companyId, role) {
      const userId = await memberOf(database.db, companyId, role);
      const signedIn = await database.ctx(companyId).transact((tx) => enterCompany(tx, userId, "link"));
      const token = await createSession({ db: database.db, now: () => new Date() }, signedIn, "test");
      return { userId, ...callerWith(app, companyId, { cookie: `sid=${token}` }) };
    },
    async caller(role = "admin", company, scopes = ["read", "write"]) {
      const companyId = company ?? (await database.createCompany());
      const { key } = await createApiKey(database.ctx(companyId), { name: role, role, scopes });
      return callerWith(app, companyId, { authorization: `Bearer ${key}` });
    },
  };
}

function callerWith(app: FastifyInstance, companyId: number, credentials: Record<string, string>): Caller {
  const call = (options: InjectOptions, headers: Record<string, string> = {}) =>
    app.inject({ ...options, headers: { ...credentials, ...headers } });
  return {
    companyId,
    get: (url, headers) => call({ method: "GET", url }, headers),
    post: (url, body, headers) => call({ method: "POST", url, ...(body ? { payload: body } : {}) }, headers),
    patch: (url, body, headers) => call({ method: "PATCH", url, payload: body }, headers),
    raw: (method, url, payload) => call({ method, url, payload }, { "content-type": "application/json" }),
    delete: (url, headers) => call({ method: "DELETE", url }, headers),
  };
}
