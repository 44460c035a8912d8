import type { FastifyInstance, FastifyRequest } from "fastify";
import { roles } from "../../../../shared/roles.ts";
import { Me, MePatch } from "../../../../shared/v1/user.ts";
import { describeCaller } from "../../../domain/accounts/describe-caller.ts";
import { updateProfile } from "../../../domain/accounts/update-profile.ts";
import { ctxOf, principalOf } from "../../http/request-state.ts";

const tags = ["accounts"];

export function meRoutes(app: FastifyInstance): void {
  app.get("/v1/me", { schema: { summary: "Who calls", tags, response: { 200: Me } } }, presentMe);
  app.patch<{ Body: MePatch }>(
    "/v1/me",
    {
      schema: { summary: "Edit one's own name and address", tags, body: MePatch, response: { 200: Me } },
      config: { roles },
    },
    async (request) => {
      const { first_name: firstName, last_name: lastName, email, current_password: currentPassword } = request.body;
      await updateProfile(ctxOf(request), {
        ...(firstName === undefined ? {} : { firstName }),
        ...(lastName === undefined ? {} : { lastName }),
        ...(email === undefined ? {} : { email }),
        ...(currentPassword === undefined ? {} : { currentPassword }),
      });
      return presentMe(request);
    },
  );
}

async function presentMe(request: FastifyRequest): Promise<Me> {
  const caller = await describeCaller(ctxOf(request));
  const { company, subscription } = caller;
  return {
    id: caller.userId,
    type: caller.kind,
    email: caller.email,
    name: caller.name,
    first_name: caller.firstName,
    last_name: caller.lastName,
    role: caller.role,
    scopes: principalOf(request).scopes?.slice() ?? null,
    has_password: caller.hasPassword,
    company: { id: company.id, name: company.name, slug: company.slug },
    subscription: {
      status: subscription.status,
      plan: subscription.plan,
      ends_at: subscription.endsAt,
      active: subscription.isActive,
    },
  };
}
