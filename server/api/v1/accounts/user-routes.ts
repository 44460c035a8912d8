import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { CreatedUser, NewUser, User, UserPatch, UserQuery } from "../../../../shared/v1/user.ts";
import { changeRole } from "../../../domain/accounts/change-role.ts";
import { listUsers } from "../../../domain/accounts/list-users.ts";
import { removeMember } from "../../../domain/accounts/remove-member.ts";
import { getUser } from "../../../domain/accounts/user.ts";
import { welcomeUser } from "../../../domain/accounts/welcome-user.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { forAdmins } from "./for-admins.ts";
import { linkTo, noLink } from "./link-to.ts";
import { parseNewUser, presentUser } from "./present-user.ts";
import { revealOnce, showOnce } from "./shown-once.ts";

const tags = ["accounts"];
type Params = Static<typeof ById>;

export function userRoutes(app: FastifyInstance): void {
  readRoutes(app);
  addRoute(app);
  changeRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: UserQuery }>(
    "/v1/users",
    { schema: { summary: "List the team", tags, querystring: UserQuery, response: { 200: pageOf(User) } } },
    async (request, reply) => {
      const { items, next } = await listUsers(ctxOf(request), {
        limit: limitOf(request.query),
        ...idCursor("users", request.query.cursor),
      });
      const page = { items, next: cursorWord("users", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentUser);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/users/:id",
    { schema: { summary: "One member of the team", tags, params: ById, response: { 200: User } } },
    async (request) => presentUser(await getUser(ctxOf(request), idIn(request.params, "user"))),
  );
}

function addRoute(app: FastifyInstance): void {
  const description = "Without a password the answer holds a link for the first sign-in, shown this once.";
  app.post<{ Body: NewUser }>(
    "/v1/users",
    {
      ...forAdmins,
      preSerialization: revealOnce,
      schema: { summary: "Add somebody to the team", description, tags, body: NewUser, response: { 201: CreatedUser } },
    },
    async (request, reply): Promise<CreatedUser> => {
      const { user, token } = await welcomeUser(ctxOf(request), parseNewUser(request.body));
      reply.code(201).header("location", `/v1/users/${user.id}`);
      return showOnce(request, { ...presentUser(user), ...noLink }, token === null ? noLink : linkTo(token));
    },
  );
}

function changeRoutes(app: FastifyInstance): void {
  app.patch<{ Params: Params; Body: UserPatch }>(
    "/v1/users/:id",
    {
      ...forAdmins,
      schema: { summary: "Change a role", tags, params: ById, body: UserPatch, response: { 200: User } },
    },
    async (request) => presentUser(await changeRole(ctxOf(request), idIn(request.params, "user"), request.body.role)),
  );
  app.delete<{ Params: Params }>(
    "/v1/users/:id",
    { ...forAdmins, schema: { summary: "Remove from the team", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await removeMember(ctxOf(request), idIn(request.params, "user"));
      reply.code(204);
    },
  );
}
