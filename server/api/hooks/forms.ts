import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import { type Quota, takeQuota } from "../../domain/accounts/take-quota.ts";
import { createCtx } from "../../domain/context.ts";
import { DomainError, type FieldProblem } from "../../domain/domain-error.ts";
import { formByKey, type PublicForm } from "../../domain/forms/get-form.ts";
import { submitForm } from "../../domain/forms/submit-form.ts";
import { formPage, pagePolicyOf, thanksPage } from "./form-page.ts";

type Params = { key: string };
const bodyLimit = 64 * 1024;
const perAddressAMinute = 10;

/** `/forms/<key>`: a company's public form as a page, and where its own pages post theirs, as a form or as JSON from any origin. */
export function formHook({ db, now = () => new Date() }: { db: Db; now?: () => Date }) {
  return async (app: FastifyInstance): Promise<void> => {
    // A page's FormData; files are not asked for.
    await app.register(multipart, {
      attachFieldsToBody: "keyValues",
      limits: { files: 0, fields: 100, fieldSize: bodyLimit, parts: 100 },
    });
    app.get<{ Params: Params }>("/forms/:key", async (request, reply) => {
      const form = await requireForm(db, request.params.key);
      return sendPage(reply, form, formPage(form));
    });
    app.options<{ Params: Params }>("/forms/:key", async (_request, reply) =>
      allowAnyOrigin(reply)
        .header("access-control-allow-methods", "POST")
        .header("access-control-allow-headers", "content-type")
        .header("access-control-max-age", 86_400)
        .code(204)
        .send(),
    );
    app.post<{ Params: Params }>("/forms/:key", { bodyLimit }, async (request, reply) => {
      allowAnyOrigin(reply);
      const form = await requireForm(db, request.params.key);
      const sent = valuesIn(request.body);
      try {
        await limit(db, form, { request, reply, now: now() });
        const ctx = createCtx({ db, companyId: form.companyId, actor: { kind: "system" }, now, requestId: request.id });
        const visitor = { address: request.ip, userAgent: request.headers["user-agent"] ?? "" };
        await submitForm(ctx, form, sent, visitor);
      } catch (error) {
        return answerProblems(error, { request, reply, form, sent });
      }
      return answerThanks(request, reply, form);
    });
  };
}

async function requireForm(db: Db, key: string): Promise<PublicForm> {
  const form = await formByKey(db, key);
  if (!form) throw new DomainError({ kind: "not_found", entity: "form" });
  return form;
}

/** Texts by name, from a form or from JSON; lists and objects are no answers to our questions. */
function valuesIn(body: unknown): ReadonlyMap<string, string> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return new Map();
  return new Map(
    Object.entries(body).flatMap(([name, value]): [string, string][] => {
      if (typeof value === "string") return [[name, value.replaceAll("\0", "").toWellFormed()]];
      return typeof value === "number" || typeof value === "boolean" ? [[name, String(value)]] : [];
    }),
  );
}

type Attempt = { request: FastifyRequest; reply: FastifyReply; now: Date };

/** So many a minute from one address, and so many an hour into one form; counted before anything is done. */
async function limit(db: Db, form: PublicForm, { request, reply, now }: Attempt): Promise<void> {
  const rules = [
    { key: `form-address ${form.id} ${request.ip}`, limit: perAddressAMinute, windowSeconds: 60 },
    { key: `form ${form.id}`, limit: form.submissionsPerHour, windowSeconds: 3_600 },
  ];
  for (const rule of rules) {
    const quota = await takeQuota(db, rule, now);
    if (!quota.allowed || !reply.hasHeader("ratelimit")) tellQuota(reply, rule.windowSeconds, quota);
    if (quota.allowed) continue;
    const message = "Too many submissions; try again later.";
    throw new DomainError({ kind: "rate_limited", retryAfterSeconds: quota.resetSeconds, message });
  }
}

function tellQuota(reply: FastifyReply, windowSeconds: number, quota: Quota): void {
  reply.header("ratelimit-policy", `"form";q=${quota.limit};w=${windowSeconds}`);
  reply.header("ratelimit", `"form";r=${quota.remaining};t=${quota.resetSeconds}`);
}

type Exchange = {
  request: FastifyRequest;
  reply: FastifyReply;
  form: PublicForm;
  sent: ReadonlyMap<string, string>;
};

/** A browser gets its form back with what was typed and what is wrong; a program gets it by the fields' names. */
function answerProblems(error: unknown, { request, reply, form, sent }: Exchange): FastifyReply {
  const refusal = error instanceof DomainError ? error.refusal : undefined;
  if (refusal?.kind !== "invalid") throw error;
  const { problems } = refusal;
  reply.code(422);
  if (wantsPage(request)) return sendPage(reply, form, formPage(form, { sent, problems }));
  return reply.send({
    success: false,
    message: problems.map(({ message }) => message).join(" "),
    errors: byField(problems),
    request_id: request.id,
  });
}

function byField(problems: FieldProblem[]): Record<string, string> {
  return Object.fromEntries(problems.map(({ path, message }) => [path, message]));
}

function answerThanks(request: FastifyRequest, reply: FastifyReply, form: PublicForm): FastifyReply {
  const message = form.thanksText || "Thank you. We will be in touch soon.";
  if (!wantsPage(request)) return reply.send({ success: true, message });
  if (form.redirectUrl !== null) return reply.redirect(form.redirectUrl, 303);
  return sendPage(reply, form, thanksPage(form, message));
}

function wantsPage({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? "").includes("text/html");
}

function sendPage(reply: FastifyReply, form: PublicForm, page: string): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("content-security-policy", pagePolicyOf(form))
    .header("x-content-type-options", "nosniff")
    .header("referrer-policy", "no-referrer")
    .header("cache-control", "no-store")
    .send(page);
}

/** Nothing of a caller's own goes along: no cookie is read here. */
function allowAnyOrigin(reply: FastifyReply): FastifyReply {
  return reply.header("access-control-allow-origin", "*");
}
