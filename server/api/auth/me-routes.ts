import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { describeCaller } from "../../domain/accounts/describe-caller.ts";
import { ctxOf } from "../http/request-state.ts";
import { CallerView, presentCaller } from "./present-caller.ts";

const addresses = ["/api/auth/me", "/auth/me", "/api/v1/auth/me", "/api/v1/users/me"];

const MeView = Type.Object({
  success: Type.Boolean(),
  status: Type.String(),
  ...CallerView.properties,
  user: CallerView,
  data: CallerView,
});

/** The caller, bare and inside `user` and `data`: some clients look here, some there. */
export function meRoutes(app: FastifyInstance): void {
  const schema = { summary: "Who calls", tags: ["sign-in"], response: { 200: MeView } };
  for (const address of addresses) {
    app.get(address, { schema }, async (request) => {
      const user = presentCaller(await describeCaller(ctxOf(request)));
      return { success: true, status: "success", ...user, user, data: user };
    });
  }
}
