import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { InboundAddress } from "../../../../shared/v1/email.ts";
import { rotateInboundSecret } from "../../../domain/email/received/rotate-inbound-secret.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, idIn } from "../path-params.ts";

/** Where a mail server or a provider posts an account's mails. */
export function inboundAddressRoute(app: FastifyInstance): void {
  app.post<{ Params: Static<typeof ById> }>(
    "/v1/email-accounts/:id/inbound-address",
    {
      schema: {
        summary: "A new address to post this account's mails to; the one before is void",
        description:
          "Post each mail as message/rfc822, as a form with the field email, message or body-mime, or as JSON with raw in base64. 200 means that it is stored.",
        tags: ["e-mail"],
        params: ById,
        response: { 201: InboundAddress },
      },
      // A stored answer would keep the secret in the clear.
      config: { roles: ["admin"], ownIdempotency: true },
    },
    async (request, reply) => {
      const secret = await rotateInboundSecret(ctxOf(request), idIn(request.params, "email_account"));
      reply.code(201).header("cache-control", "no-store");
      return { path: `/hooks/email/${secret}` };
    },
  );
}
