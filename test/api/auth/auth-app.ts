import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll } from "vitest";
import { authRoutes } from "../../../server/api/auth/auth-routes.ts";
import { createGate } from "../../../server/api/auth/create-gate.ts";
import { createServer } from "../../../server/api/http/create-server.ts";
import { v1Surface } from "../../../server/api/v1/v1-surface.ts";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import type { User } from "../../../server/domain/accounts/user.ts";
import type { Role } from "../../../server/domain/context.ts";
import { objectOf, textOf } from "../../../shared/json.ts";
import { noChannels } from "../../harness/no-channels.ts";
import { type TestDatabase, testDatabase } from "../../harness/test-database.ts";

export const password = "tangled-otter-9";

/** The clock stands a minute into a quarter of an hour, so that no limit's window turns over in the middle of a test. */
const startedAt = Math.floor(Date.now() / 900_000) * 900_000 + 60_000;

export type AuthApp = TestDatabase & {
  app: FastifyInstance;
  newUser: (role?: Role, companyId?: number) => Promise<User & { companyId: number }>;
  post: (url: string, payload?: object, headers?: Record<string, string>) => ReturnType<typeof call>;
  /** The access token of a fresh sign-in. */
  bearerOf: (user: { email: string }) => Promise<{ authorization: string }>;
};

/** Sign-in and our own API in process, on a database of this file's own. */
export async function authApp(options: { publicUrl?: string; now?: () => Date } = {}): Promise<AuthApp> {
  const database = await testDatabase();
  const { db } = database;
  const jwtKey = Buffer.alloc(32, 7).toString("base64url");
  const { publicUrl, now = () => new Date(startedAt) } = options;
  const app = createServer({ logLevel: "silent", trustProxy: true });
  const gate = createGate(db, { jwtKey, publicUrl }, now);
  await authRoutes(app, { db, gate, jwtKey, publicUrl, now });
  await v1Surface(app, { db, gate, appSecret: "secret", encryptionKey: jwtKey, ...noChannels });
  await app.ready();
  afterAll(() => app.close());
  let count = 0;
  const post: AuthApp["post"] = (url, payload, headers = {}) =>
    call(app, { method: "POST", url, headers, ...(payload ? { payload } : {}) });
  return {
    ...database,
    app,
    post,
    async newUser(role = "manager", company) {
      count += 1;
      const companyId = company ?? (await database.createCompany());
      const email = `http${count}@example.com`;
      const user = await createUser(database.ctx(companyId), {
        email,
        role,
        firstName: "Zoë",
        lastName: "😀",
        password,
      });
      return { ...user, companyId };
    },
    async bearerOf({ email }) {
      const answer = await post("/auth/login", { email, password });
      return { authorization: `Bearer ${textOf(objectOf(answer.json())?.token) ?? ""}` };
    },
  };
}

function call(app: FastifyInstance, options: InjectOptions) {
  return app.inject(options);
}
