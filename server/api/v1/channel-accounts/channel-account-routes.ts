import type { FastifyInstance } from "fastify";
import type * as View from "../../../../shared/v1/channel-account.ts";
import { ChannelAccount, GatewaySecret } from "../../../../shared/v1/channel-account.ts";
import { listOf } from "../../../../shared/v1/fields.ts";
import { rotateGatewaySecret } from "../../../domain/conversations/gateway-secret.ts";
import {
  type ChannelAccount as Account,
  listChannelAccounts,
} from "../../../domain/conversations/list-channel-accounts.ts";
import { ctxOf } from "../../http/request-state.ts";

const tags = ["channel accounts"];

export function channelAccountRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/channel-accounts",
    { schema: { summary: "The company's numbers", tags, response: { 200: listOf(ChannelAccount) } } },
    async (request) => ({ data: (await listChannelAccounts(ctxOf(request))).map(present) }),
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

function present(account: Account): View.ChannelAccount {
  return {
    id: account.id,
    provider: account.provider,
    name: account.name,
    external_id: account.externalId,
    waba_id: account.wabaId,
    display_phone: account.displayPhone,
    status: account.status,
    quality: account.quality,
    messaging_limit: account.messagingLimit,
    created_at: account.createdAt,
  };
}
