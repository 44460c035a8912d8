import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { UserLink } from "../../../../shared/v1/user.ts";
import { createFirstSignIn, createPasswordReset } from "../../../domain/accounts/create-password-reset.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, idIn } from "../path-params.ts";
import { forAdmins } from "./for-admins.ts";
import { linkTo, noLink } from "./link-to.ts";
import { revealOnce, showOnce } from "./shown-once.ts";

const tags = ["accounts"];
type Params = Static<typeof ById>;

/** Links that an admin hands over, each shown once. */
export function userLinkRoutes(app: FastifyInstance): void {
  const route = (summary: string, description: string) => ({
    ...forAdmins,
    preSerialization: revealOnce,
    schema: { summary, description, tags, params: ById, response: { 201: UserLink } },
  });
  app.post<{ Params: Params }>(
    "/v1/users/:id/password-reset",
    route("Make a link to set a new password", "Works once, within the hour."),
    async (request, reply) => {
      const { token } = await createPasswordReset(ctxOf(request), idIn(request.params, "user"));
      reply.code(201);
      return shown(request, token);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/users/:id/sign-in-link",
    route("Make a link to sign in", "Works once, within a day. An earlier one ends."),
    async (request, reply) => {
      const { token } = await createFirstSignIn(ctxOf(request), idIn(request.params, "user"));
      reply.code(201);
      return shown(request, token);
    },
  );
}

function shown(request: FastifyRequest, token: string): UserLink {
  return showOnce(request, noLink, linkTo(token));
}
