import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { roles } from "../../../../shared/roles.ts";
import { listOf, oneOf } from "../../../../shared/v1/fields.ts";
import { RoleReach, RoleReachPatch } from "../../../../shared/v1/reach.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { changeRoleReach, type RoleReach as DomainReach, listRoleReaches } from "../../../domain/reach/role-reach.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forAdmins } from "../accounts/for-admins.ts";
import { ifMatch, tagged } from "../entity-tag.ts";

const tags = ["settings"];
const ByRole = Type.Object({ role: oneOf(roles) });

/** Whose people and whether whole phone numbers each role sees. */
export function roleRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/settings/roles",
    { ...forAdmins, schema: { summary: "What each role sees", tags, response: { 200: listOf(RoleReach) } } },
    async (request) => ({ data: (await listRoleReaches(ctxOf(request))).map(presentReach) }),
  );
  app.patch<{ Params: Static<typeof ByRole>; Body: RoleReachPatch }>(
    "/v1/settings/roles/:role",
    {
      ...forAdmins,
      schema: {
        summary: "Narrow or widen what a role sees",
        tags,
        params: ByRole,
        body: RoleReachPatch,
        response: { 200: RoleReach },
      },
    },
    async (request, reply) => {
      const { people, sees_unowned: seesUnowned, phones } = request.body;
      const patch = withoutUndefined({ people, seesUnowned, phones });
      const reach = await changeRoleReach(ctxOf(request), request.params.role, patch, ifMatch(request));
      return tagged(reply, presentReach(reach));
    },
  );
}

function presentReach({ role, people, seesUnowned, phones, version }: DomainReach): RoleReach {
  return { role, people, sees_unowned: seesUnowned, phones, version };
}
