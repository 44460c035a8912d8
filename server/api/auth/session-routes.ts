import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { describeCaller } from "../../domain/accounts/describe-caller.ts";
import { ctxOfCompany } from "../../domain/accounts/instance.ts";
import { redeemLink } from "../../domain/accounts/redeem-link.ts";
import { createSession, endSession } from "../../domain/accounts/session.ts";
import { signIn } from "../../domain/accounts/sign-in.ts";
import type { SignedIn } from "../../domain/accounts/signed-in.ts";
import type { Ctx } from "../../domain/context.ts";
import { forbidden } from "../../domain/domain-error.ts";
import { livePosition } from "../../domain/live/live-position.ts";
import { ctxOf } from "../http/request-state.ts";
import { isSameOrigin } from "../http/same-origin.ts";
import { type AuthDeps, instanceOf } from "./auth-deps.ts";
import { optionalField, requiredField } from "./field-of.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { CallerView, presentCaller } from "./present-caller.ts";
import { clearSessionCookies, heldSession, setSessionCookie } from "./session-cookie.ts";

const optional = Type.Optional(Type.String());
const NewSession = Type.Object({
  email: optional,
  password: optional,
  company: optional,
  token: Type.Optional(Type.String({ description: "of a link, in place of address and password" })),
});

const SessionView = Type.Object({
  ...CallerView.properties,
  live_position: Type.String({
    description: "Given to /v1/live as Last-Event-ID: nothing that happens after this answer is missed",
  }),
});

const tags = ["session"];
const address = "/v1/session";

/** The browser's session, in a cookie that no script can read. */
export function sessionRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const open = { summary: "Sign a browser in", tags, security: [], body: NewSession, response: { 200: SessionView } };
  app.post(address, { schema: open, config: { anonymous: true } }, async (request, reply) => {
    refuseForeignPage(request, deps);
    const signedIn = await enter(deps, request, reply);
    await startSession(deps, request, reply, signedIn);
    const { companyId, userId, role } = signedIn;
    const ctx = ctxOfCompany(instanceOf(deps, request), companyId, { kind: "user", userId, role });
    return presentSession(ctx);
  });
  const read = { summary: "Who is signed in", tags, response: { 200: SessionView } };
  app.get(address, { schema: read }, (request) => presentSession(ctxOf(request)));
  const end = { summary: "Sign a browser out", tags, security: [], response: { 204: Type.Null() } };
  app.delete(address, { schema: end, config: { anonymous: true } }, async (request, reply) => {
    refuseForeignPage(request, deps);
    const held = heldSession(request, deps.publicUrl);
    if (held !== undefined) await endSession(instanceOf(deps, request), held);
    clearSessionCookies(reply);
    reply.code(204);
  });
}

async function presentSession(ctx: Ctx) {
  return { ...presentCaller(await describeCaller(ctx)), live_position: await livePosition(ctx.db) };
}

async function enter(deps: AuthDeps, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
  const instance = instanceOf(deps, request);
  const token = optionalField(request.body, "token");
  if (token !== undefined) {
    return limitAttempts(deps, request, reply, { kind: "link", counts: "failures" }, () => redeemLink(instance, token));
  }
  const email = requiredField(request.body, "email");
  const password = requiredField(request.body, "password");
  const company = optionalField(request.body, "company");
  const attempt = { kind: "sign-in", account: email, counts: "failures" } as const;
  return limitAttempts(deps, request, reply, attempt, () =>
    signIn(instance, { email, password, ...(company === undefined ? {} : { companySlug: company }) }),
  );
}

/** A new session at every sign-in; the one the browser came with ends. */
async function startSession(
  deps: AuthDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  signedIn: SignedIn,
): Promise<void> {
  const instance = instanceOf(deps, request);
  const token = await createSession(instance, signedIn, request.headers["user-agent"]);
  const held = heldSession(request, deps.publicUrl);
  if (held !== undefined) await endSession(instance, held);
  setSessionCookie(request, reply, token, deps.publicUrl);
}

/** Another site must neither sign a browser out nor sign it in as somebody else. */
function refuseForeignPage(request: FastifyRequest, deps: AuthDeps): void {
  if (!isSameOrigin(request, deps.publicUrl)) throw forbidden("This request came from another site.");
}
