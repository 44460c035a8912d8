import type { FastifyInstance } from "fastify";
import type { Db } from "../../db/connection.ts";
import { tokenKeys } from "../../domain/accounts/token-keys.ts";
import type { Gate } from "../http/authenticate-request.ts";
import { cleanInput } from "../http/clean-input.ts";
import { plainDialect } from "../http/plain-dialect.ts";
import { registerSurface } from "../http/surface.ts";
import type { AuthDeps } from "./auth-deps.ts";
import { invitationRoutes } from "./invitation-routes.ts";
import { loginRoutes } from "./login-routes.ts";
import { meRoutes } from "./me-routes.ts";
import { passwordRoutes } from "./password-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { tokenRoutes } from "./token-routes.ts";

export type AuthOptions = {
  db: Db;
  gate: Gate;
  /** Signs access tokens; 32 bytes as base64url. */
  jwtKey: string;
  publicUrl: string | undefined;
  now?: () => Date;
};

/** Sign-in in every spelling that clients of the documents use, and the browser's session. README.md has the list. */
export async function authRoutes(app: FastifyInstance, options: AuthOptions): Promise<void> {
  const { db, gate, jwtKey, publicUrl, now = () => new Date() } = options;
  const deps: AuthDeps = { db, keys: tokenKeys(jwtKey), publicUrl, now };
  await registerSurface(app, {
    name: "auth",
    title: "Rapport sign-in",
    description: "Tokens, the browser's session, passwords and invitations.",
    dialect: plainDialect,
    db,
    gate,
    routes: (scope) => {
      scope.addHook("onRequest", async (_request, reply) => {
        reply.header("cache-control", "no-store");
      });
      scope.addHook("preValidation", cleanInput);
      loginRoutes(scope, deps);
      meRoutes(scope);
      tokenRoutes(scope, deps);
      passwordRoutes(scope, deps);
      invitationRoutes(scope, deps);
      sessionRoutes(scope, deps);
    },
  });
}
