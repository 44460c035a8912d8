import type { FastifyInstance, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { verifyAccessToken } from "../../domain/accounts/access-token.ts";
import { refreshTokens } from "../../domain/accounts/refresh-tokens.ts";
import { signOut } from "../../domain/accounts/revoke-family.ts";
import { type AuthDeps, instanceOf, prefixes } from "./auth-deps.ts";
import { Done, done } from "./done.ts";
import { optionalField, requiredField } from "./field-of.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { presentTokens, TokensView } from "./present-tokens.ts";

const Held = Type.Object({
  refreshToken: Type.Optional(Type.String()),
  refresh_token: Type.Optional(Type.String()),
});

const refreshSchema = {
  summary: "Exchange a refresh token",
  description: "Each works once; a spent one that comes back later than ten seconds ends the whole sign-in.",
  tags: ["sign-in"],
  security: [],
  body: Held,
  response: { 200: TokensView },
};

const logoutSchema = { summary: "Sign out", tags: ["sign-in"], security: [], response: { 200: Done } };

export function tokenRoutes(app: FastifyInstance, deps: AuthDeps): void {
  for (const prefix of prefixes) {
    app.post(`${prefix}/refresh`, { schema: refreshSchema, config: { anonymous: true } }, async (request, reply) => {
      const held = requiredField(request.body, "refreshToken", "refresh_token");
      const instance = instanceOf(deps, request);
      return limitAttempts(deps, request, reply, { kind: "link", counts: "failures" }, async () => {
        const { signedIn, tokens } = await refreshTokens(instance, deps.keys, held);
        return presentTokens(instance, signedIn, tokens, "Token refreshed");
      });
    });
    app.post(`${prefix}/logout`, { schema: logoutSchema, config: { anonymous: true } }, async (request) => {
      const refreshToken = optionalField(request.body, "refreshToken", "refresh_token");
      const familyId = await familyOf(deps, request);
      await signOut(instanceOf(deps, request), {
        ...(refreshToken === undefined ? {} : { refreshToken }),
        ...(familyId === undefined ? {} : { familyId }),
      });
      return done("Signed out");
    });
  }
}

/** The sign-in that the bearer token came from. */
async function familyOf(deps: AuthDeps, request: FastifyRequest): Promise<string | undefined> {
  const token = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) return undefined;
  return (await verifyAccessToken(deps.keys.access, token, deps.now()))?.familyId;
}
