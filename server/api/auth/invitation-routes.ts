import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { acceptInvitation, findInvitation } from "../../domain/accounts/accept-invitation.ts";
import { issueTokens } from "../../domain/accounts/issue-tokens.ts";
import { type AuthDeps, instanceOf, prefixes } from "./auth-deps.ts";
import { optionalField, requiredField } from "./field-of.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { presentTokens, TokensView } from "./present-tokens.ts";

const optional = Type.Optional(Type.String({ maxLength: 200 }));
const Acceptance = Type.Object({
  token: Type.String(),
  password: Type.String({ description: "a new one, or the one of the account that the address has already" }),
  first_name: optional,
  last_name: optional,
  firstName: optional,
  lastName: optional,
});

const InvitationView = Type.Object({ email: Type.String(), role: Type.String(), company_name: Type.String() });

const tags = ["invitations"];
const acceptSchema = {
  summary: "Accept an invitation",
  tags,
  security: [],
  body: Acceptance,
  response: { 200: TokensView },
};
const findSchema = {
  summary: "Whom an invitation is for",
  tags,
  security: [],
  params: Type.Object({ token: Type.String({ maxLength: 100 }) }),
  response: { 200: InvitationView },
};

export function invitationRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const config = { anonymous: true };
  const attempt = { kind: "link", counts: "failures" } as const;
  for (const prefix of prefixes) {
    app.post(`${prefix}/invitations/accept`, { schema: acceptSchema, config }, async (request, reply) => {
      const acceptance = readAcceptance(request.body);
      const instance = instanceOf(deps, request);
      return limitAttempts(deps, request, reply, attempt, async () => {
        const signedIn = await acceptInvitation(instance, acceptance);
        const tokens = await issueTokens(instance, deps.keys, signedIn);
        return presentTokens(instance, signedIn, tokens, "Welcome");
      });
    });
    app.get<{ Params: { token: string } }>(
      `${prefix}/invitations/:token`,
      { schema: findSchema, config },
      async (request, reply) => {
        const find = () => findInvitation(instanceOf(deps, request), request.params.token);
        const { email, role, companyName } = await limitAttempts(deps, request, reply, attempt, find);
        return { email, role, company_name: companyName };
      },
    );
  }
}

function readAcceptance(body: unknown) {
  const firstName = optionalField(body, "first_name", "firstName");
  const lastName = optionalField(body, "last_name", "lastName");
  return {
    token: requiredField(body, "token"),
    password: requiredField(body, "password"),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
  };
}
