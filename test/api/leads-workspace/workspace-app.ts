import { randomUUID } from "node:crypto";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { createSession } from "../../../server/domain/accounts/session.ts";
import { enterCompany } from "../../../server/domain/accounts/signed-in.ts";
import type { Ctx, Role } from "../../../server/domain/context.ts";
import { type TestApp, testApp } from "../../harness/test-app.ts";

export type Caller = {
  ctx: Ctx;
  userId: number;
  companyId: number;
  /** What the browser sends along. */
  cookie: string;
  get: (url: string) => Promise<LightMyRequestResponse>;
  post: (url: string, body?: unknown, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
  put: (url: string, body?: unknown) => Promise<LightMyRequestResponse>;
  patch: (url: string, body?: unknown, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
  delete: (url: string) => Promise<LightMyRequestResponse>;
  /** Creates a lead and says what it was told. */
  lead: (fields?: object) => Promise<{ id: string; lead_id: string; message: string }>;
};

export type WorkspaceApp = TestApp & {
  /** Shariq Ansari, in this role, in a new company or the one given. */
  signedIn: (role?: Role, companyId?: number, name?: [string, string]) => Promise<Caller>;
};

/** The whole app, used by people who have names: this surface says who did what. */
export async function workspaceApp(): Promise<WorkspaceApp> {
  const whole = await testApp();
  return {
    ...whole,
    async signedIn(role = "admin", company, [firstName, lastName] = ["Shariq", "Ansari"]) {
      const companyId = company ?? (await whole.createCompany());
      const system = whole.ctx(companyId);
      const { id } = await createUser(system, { email: `${randomUUID()}@example.test`, role, firstName, lastName });
      const entered = await system.transact((tx) => enterCompany(tx, id, "link"));
      const token = await createSession({ db: whole.db, now: () => new Date() }, entered, "test");
      return callerOf(whole, whole.ctx(companyId, { kind: "user", userId: id, role }), id, token);
    },
  };
}

function callerOf({ app }: TestApp, ctx: Ctx, userId: number, token: string): Caller {
  const call = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown, headers = {}) => {
    const options: InjectOptions = { method, url, headers: { cookie: `sid=${token}`, ...headers } };
    if (body === undefined) return app.inject(options);
    const type = { "content-type": "application/json" };
    return app.inject({ ...options, headers: { ...type, ...options.headers }, payload: JSON.stringify(body) });
  };
  return {
    ...{ ctx, userId, companyId: ctx.companyId, cookie: `sid=${token}` },
    get: (url) => call("GET", url),
    post: (url, body, headers) => call("POST", url, body, headers),
    put: (url, body) => call("PUT", url, body),
    patch: (url, body, headers) => call("PATCH", url, body, headers),
    delete: (url) => call("DELETE", url),
    async lead(fields = {}) {
      const answer = await call("POST", "/api/crm/leads", { firstName: "John", lastName: "Doe", ...fields });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
  };
}
