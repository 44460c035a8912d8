import type { FastifyInstance, InjectOptions } from "fastify";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import type { Scope } from "../../../server/domain/accounts/permissions.ts";
import type { Ctx, Role } from "../../../server/domain/context.ts";
import { objectOf } from "../../../shared/json.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { rows } from "../../harness/rows.ts";
import type { TestApp } from "../../harness/test-app.ts";

export type Answer = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> };

export type Caller = {
  ctx: Ctx;
  companyId: number;
  get: (url: string) => Promise<Answer>;
  post: (url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  put: (url: string, body: unknown) => Promise<Answer>;
  delete: (url: string) => Promise<Answer>;
  /** A person writes to the company's simulated number. */
  hears: (text: string, from?: { phone?: string; name?: string; at?: Date }) => Promise<void>;
};

type CallerOptions = { role?: Role; scopes?: Scope[]; companyId?: number };

/** Somebody in a new company, or in one that is there. */
export async function whatsappCaller(test: TestApp, options: CallerOptions = {}): Promise<Caller> {
  const { role = "admin", scopes = ["read", "write"], companyId = await test.createCompany() } = options;
  const ctx = test.ctx(companyId);
  const { key } = await createApiKey(ctx, { name: "test", role, scopes });
  const credentials = { authorization: `Bearer ${key}` };
  const call = (method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: unknown, headers = {}) => {
    const json = body === undefined ? {} : { payload: JSON.stringify(body) };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    return answerOf(test.app, { method, url, headers: { ...type, ...credentials, ...headers }, ...json });
  };
  return {
    ctx,
    companyId,
    get: (url) => call("GET", url),
    post: (url, body, headers) => call("POST", url, body, headers),
    put: (url, body) => call("PUT", url, body),
    delete: (url) => call("DELETE", url),
    hears: (text, from = {}) => test.receive(textBody({ ...from, text, phoneNumberId: `sim-${companyId}` })),
  };
}

export async function answerOf(app: FastifyInstance, options: InjectOptions): Promise<Answer> {
  const answer = await app.inject(options);
  const json: unknown = answer.body === "" ? {} : JSON.parse(answer.body);
  return { status: answer.statusCode, body: objectOf(json) ?? {}, headers: answer.headers };
}

/** A test that asks more often than the document allows in an hour. */
export async function withoutHourlyLimit(test: TestApp, companyId: number): Promise<void> {
  await rows(test.db, `update company_settings set hourly_limit_factor = 1000 where company_id = ${companyId}`);
}

/** The conversation of the person who wrote last. */
export async function newestConversation(caller: Caller): Promise<string> {
  const { body } = await caller.get("/api/crm/conversations?limit=1");
  const first = Array.isArray(body.data) ? objectOf(body.data[0]) : undefined;
  return String(first?._id);
}
