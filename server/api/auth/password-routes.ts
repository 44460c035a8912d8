import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { changePassword } from "../../domain/accounts/change-password.ts";
import { requestPasswordReset } from "../../domain/accounts/request-password-reset.ts";
import { resetPassword } from "../../domain/accounts/reset-password.ts";
import { ctxOf, principalOf } from "../http/request-state.ts";
import { type AuthDeps, instanceOf, prefixes } from "./auth-deps.ts";
import { Done, done } from "./done.ts";
import { optionalField, requiredField } from "./field-of.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { heldSession } from "./session-cookie.ts";

const optional = Type.Optional(Type.String());
const tags = ["passwords"];
const newPassword = ["new_password", "newPassword", "password"] as const;

const Change = Type.Object({
  current_password: optional,
  currentPassword: optional,
  new_password: optional,
  newPassword: optional,
});
const Forgot = Type.Object({ email: optional, username: optional });
const Reset = Type.Object({ token: optional, new_password: optional, newPassword: optional, password: optional });

export function passwordRoutes(app: FastifyInstance, deps: AuthDeps): void {
  for (const prefix of prefixes) {
    changeRoute(app, deps, `${prefix}/password/change`);
    forgotRoute(app, deps, `${prefix}/password/forgot`);
    resetRoute(app, deps, `${prefix}/password/reset`);
  }
}

function changeRoute(app: FastifyInstance, deps: AuthDeps, address: string): void {
  const description = "Ends every other session and all tokens. Without a password so far, none has to be named.";
  const schema = { summary: "Change one's password", description, tags, body: Change, response: { 200: Done } };
  app.post(address, { schema }, async (request, reply) => {
    const current = optionalField(request.body, "current_password", "currentPassword", "old_password", "oldPassword");
    const sessionToken = request.headers.authorization === undefined ? heldSession(request, deps.publicUrl) : undefined;
    const change = {
      newPassword: requiredField(request.body, ...newPassword),
      ...(current === undefined ? {} : { currentPassword: current }),
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
    const attempt = { kind: "password", account: principalOf(request).credential, counts: "failures" } as const;
    await limitAttempts(deps, request, reply, attempt, () => changePassword(ctxOf(request), change));
    return done("Password changed");
  });
}

/** Longer than the work takes, so that the time does not tell a known address from an unknown one. */
const forgotMs = 150;

function forgotRoute(app: FastifyInstance, deps: AuthDeps, address: string): void {
  const description = "Always 202. The admins of the company are told and hand over a link.";
  const schema = {
    summary: "Forgot the password",
    description,
    tags,
    security: [],
    body: Forgot,
    response: { 202: Done },
  };
  app.post(address, { schema, config: { anonymous: true } }, async (request, reply) => {
    const email = requiredField(request.body, "email", "username");
    const attempt = { kind: "password", account: email, counts: "all" } as const;
    await limitAttempts(deps, request, reply, attempt, () =>
      Promise.all([requestPasswordReset(instanceOf(deps, request), email), delay(forgotMs)]),
    );
    reply.code(202);
    return done("If the address is known, the administrators of your company have been told.");
  });
}

function resetRoute(app: FastifyInstance, deps: AuthDeps, address: string): void {
  const schema = { summary: "Set a new password by a link", tags, security: [], body: Reset, response: { 200: Done } };
  app.post(address, { schema, config: { anonymous: true } }, async (request, reply) => {
    const token = requiredField(request.body, "token");
    const password = requiredField(request.body, ...newPassword);
    await limitAttempts(deps, request, reply, { kind: "link", counts: "failures" }, () =>
      resetPassword(instanceOf(deps, request), { token, newPassword: password }),
    );
    return done("Password changed; sign in with it.");
  });
}
