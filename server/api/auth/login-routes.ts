import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { issueTokens } from "../../domain/accounts/issue-tokens.ts";
import { signIn } from "../../domain/accounts/sign-in.ts";
import { type AuthDeps, instanceOf, prefixes } from "./auth-deps.ts";
import { optionalField, requiredField } from "./field-of.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { presentTokens, TokensView } from "./present-tokens.ts";

const Login = Type.Object({
  email: Type.Optional(Type.String()),
  username: Type.Optional(Type.String({ description: "in place of email" })),
  password: Type.Optional(Type.String()),
  company: Type.Optional(Type.String({ description: "the slug, for members of several; else the one last used" })),
});

const schema = {
  summary: "Sign in by password",
  description: "As JSON or as a form. Ten failures in 15 minutes close an account, fifty an address.",
  tags: ["sign-in"],
  security: [],
  body: Login,
  response: { 200: TokensView },
};

export function loginRoutes(app: FastifyInstance, deps: AuthDeps): void {
  for (const prefix of prefixes) {
    app.post(`${prefix}/login`, { schema, config: { anonymous: true } }, async (request, reply) => {
      const email = requiredField(request.body, "email", "username");
      const password = requiredField(request.body, "password");
      const company = optionalField(request.body, "company");
      const instance = instanceOf(deps, request);
      const attempt = { kind: "sign-in", account: email, counts: "failures" } as const;
      return limitAttempts(deps, request, reply, attempt, async () => {
        const signedIn = await signIn(instance, { email, password, ...(company ? { companySlug: company } : {}) });
        const tokens = await issueTokens(instance, deps.keys, signedIn);
        return presentTokens(instance, signedIn, tokens, "Signed in");
      });
    });
  }
}
