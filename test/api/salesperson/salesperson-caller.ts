import { createSession } from "../../../server/domain/accounts/session.ts";
import { enterCompany } from "../../../server/domain/accounts/signed-in.ts";
import type { Ctx, Role } from "../../../server/domain/context.ts";
import { memberOf } from "../../factories/people.ts";
import type { TestApp } from "../../harness/test-app.ts";

export type Answer = {
  status: number;
  body: ReturnType<typeof JSON.parse>;
  headers: Record<string, unknown>;
};

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Caller = {
  ctx: Ctx;
  companyId: number;
  userId: number;
  send: (method: Method, url: string, body?: unknown) => Promise<Answer>;
  get: (url: string) => Promise<Answer>;
  post: (url: string, body: unknown) => Promise<Answer>;
  put: (url: string, body: unknown) => Promise<Answer>;
  patch: (url: string, body: unknown) => Promise<Answer>;
  delete: (url: string) => Promise<Answer>;
};

/** A member of this role, signed in, in a new company or in one that is there. */
export async function salespersonCaller(test: TestApp, role: Role = "admin", company?: number): Promise<Caller> {
  const companyId = company ?? (await test.createCompany());
  const userId = await memberOf(test.db, companyId, role);
  const signedIn = await test.ctx(companyId).transact((tx) => enterCompany(tx, userId, "link"));
  const token = await createSession({ db: test.db, now: () => new Date() }, signedIn, "test");
  const send = async (method: Method, url: string, body?: unknown): Promise<Answer> => {
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const json = body === undefined ? {} : { payload: JSON.stringify(body) };
    const answer = await test.app.inject({ method, url, headers: { cookie: `sid=${token}`, ...type }, ...json });
    return {
      status: answer.statusCode,
      body: answer.body === "" ? null : JSON.parse(answer.body),
      headers: answer.headers,
    };
  };
  return {
    ctx: test.ctx(companyId, { kind: "user", userId, role }),
    companyId,
    userId,
    send,
    get: (url) => send("GET", url),
    post: (url, body) => send("POST", url, body),
    put: (url, body) => send("PUT", url, body),
    patch: (url, body) => send("PATCH", url, body),
    delete: (url) => send("DELETE", url),
  };
}
