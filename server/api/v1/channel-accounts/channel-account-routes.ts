import type { FastifyInstance } from "fastify";
import { ChannelAccount, GatewaySecret } from "../../../../shared/v1/channel-account.ts";
import { listOf } from "../../../../shared/v1/fields.ts";
import { listChannelAccounts } from "../../../domain/channels/list-channel-accounts.ts";
import { rotateGatewaySecret } from "../../../domain/conversations/gateway-secret.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentChannelAccount } from "./present-channel-account.ts";

const tags = ["channel accounts"];

export function channelAccountRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/channel-accounts",
    { schema: { summary: "The company's numbers", tags, response: { 200: listOf(ChannelAccount) } } },
    async (request) => ({ data: (await listChannelAccounts(ctxOf(request))).map(presentChannelAccount) }),
  );
  app.post(
    "/v1/channel-accounts/gateway-secret",
    {
      schema: {
        summary: "A new secret for WhatsApp gateways; the one before is void",
        tags,
        response: { 201: GatewaySecret },
      },
      // A stored answer would keep the secret in the clear.
      config: { roles: ["admin"], ownIdempotency: true },
    },
    async (request, reply) => {
      const secret = await rotateGatewaySecret(ctxOf(request));
      reply.code(201).header("cache-control", "no-store");
      return { secret };
    },
  );
}
