import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { CreatedInvitation, Invitation, NewInvitation, UserQuery } from "../../../../shared/v1/user.ts";
import { listInvitations } from "../../../domain/accounts/invitation.ts";
import { inviteUser, revokeInvitation } from "../../../domain/accounts/invite-user.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { forAdmins } from "./for-admins.ts";
import { invitationLink, noLink } from "./link-to.ts";
import { presentInvitation } from "./present-user.ts";
import { revealOnce, showOnce } from "./shown-once.ts";

const tags = ["accounts"];

export function invitationRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: UserQuery }>(
    "/v1/invitations",
    {
      ...forAdmins,
      schema: { summary: "List invitations", tags, querystring: UserQuery, response: { 200: pageOf(Invitation) } },
    },
    async (request, reply) => {
      const { items, next } = await listInvitations(ctxOf(request), {
        limit: limitOf(request.query),
        ...idCursor("invitations", request.query.cursor),
      });
      const page = { items, next: cursorWord("invitations", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentInvitation);
    },
  );
  inviteRoute(app);
  app.delete<{ Params: Static<typeof ById> }>(
    "/v1/invitations/:id",
    { ...forAdmins, schema: { summary: "Withdraw an invitation", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await revokeInvitation(ctxOf(request), idIn(request.params, "invitation"));
      reply.code(204);
    },
  );
}

function inviteRoute(app: FastifyInstance): void {
  const description = "The link is shown this once and works for a week. An earlier invitation to the address ends.";
  const schema = {
    summary: "Invite somebody",
    description,
    tags,
    body: NewInvitation,
    response: { 201: CreatedInvitation },
  };
  app.post<{ Body: NewInvitation }>(
    "/v1/invitations",
    { ...forAdmins, preSerialization: revealOnce, schema },
    async (request, reply): Promise<CreatedInvitation> => {
      const { invitation, token } = await inviteUser(ctxOf(request), request.body);
      reply.code(201);
      return showOnce(request, { ...presentInvitation(invitation), ...noLink }, invitationLink(token));
    },
  );
}
