import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { EmailAccount } from "../../../../shared/v1/email.ts";
import { pauseEmailAccount, resumeEmailAccount } from "../../../domain/email/pause-email-account.ts";
import { ctxOf } from "../../http/request-state.ts";
import { tagged } from "../entity-tag.ts";
import { ById, idIn } from "../path-params.ts";
import { presentEmailAccount } from "./present-email.ts";

/** An account kept still for a while, with its settings. */
export function emailAccountPauseRoutes(app: FastifyInstance): void {
  const route = (summary: string, description: string) => ({
    config: { roles: ["admin"] } as const,
    schema: { summary, description, tags: ["e-mail"], params: ById, response: { 200: EmailAccount } },
  });
  app.post<{ Params: Static<typeof ById> }>(
    "/v1/email-accounts/:id/pause",
    route("Keep an e-mail account still", "Nothing leaves by it and its mailbox is not read; what is written waits."),
    async (request, reply) => {
      const account = await pauseEmailAccount(ctxOf(request), idIn(request.params, "email_account"));
      return tagged(reply, presentEmailAccount(account));
    },
  );
  app.post<{ Params: Static<typeof ById> }>(
    "/v1/email-accounts/:id/resume",
    route("Let a paused e-mail account go on", "What waited leaves; what came meanwhile is fetched."),
    async (request, reply) => {
      const account = await resumeEmailAccount(ctxOf(request), idIn(request.params, "email_account"));
      return tagged(reply, presentEmailAccount(account));
    },
  );
}
