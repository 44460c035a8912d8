import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import {
  ChannelAccount,
  ChannelConnection,
  ChannelHealth,
  ChannelToken,
  EmbeddedSignup,
} from "../../../../shared/v1/channel-account.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Channels } from "../../../channels/registry.ts";
import { syncAccount, watchAccount } from "../../../channels/whatsapp-cloud/check-account.ts";
import { type ConnectDeps, connectAccount, connectBySignup } from "../../../channels/whatsapp-cloud/connect-account.ts";
import { disconnectAccount } from "../../../channels/whatsapp-cloud/disconnect-account.ts";
import { channelCredentials } from "../../../domain/channels/channel-credentials.ts";
import { channelHealth } from "../../../domain/channels/channel-health.ts";
import { getChannelAccount } from "../../../domain/channels/list-channel-accounts.ts";
import type { Ctx } from "../../../domain/context.ts";
import { DomainError } from "../../../domain/domain-error.ts";
import { liftTrouble } from "../../../domain/simulator/work-again.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";
import { presentChannelAccount } from "./present-channel-account.ts";

export type ConnectOptions = {
  channels: Channels;
  encryptionKey: string;
  whatsappApp?: { id: string; secret: string } | undefined;
};

type Params = Static<typeof ById>;

const tags = ["channel accounts"];
// The vendor is asked meanwhile: no transaction may wait for it. Connecting twice is connecting once.
const forAdmins = { roles: ["admin"], ownIdempotency: true } as const;

/** Connecting a company's numbers, and looking after them. */
export function channelConnectRoutes(app: FastifyInstance, options: ConnectOptions): void {
  tokenRoute(app, options);
  signupRoute(app, options);
  readRoutes(app);
  syncRoute(app, options);
  changeRoutes(app, options);
}

function tokenRoute(app: FastifyInstance, options: ConnectOptions): void {
  app.post<{ Body: ChannelConnection }>(
    "/v1/channel-accounts",
    {
      config: forAdmins,
      schema: {
        summary: "Connect a WhatsApp number by token and ids",
        tags,
        body: ChannelConnection,
        response: { 201: ChannelAccount },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { phone_number_id: phoneNumberId, waba_id: wabaId, access_token: accessToken, pin } = body;
      const input = { phoneNumberId, wabaId, accessToken };
      const optional = withoutUndefined({ businessId: body.business_id, pin });
      const ctx = ctxOf(request);
      const id = await connectAccount(ctx, depsOf(options), { ...input, ...optional });
      reply.code(201).header("location", `/v1/channel-accounts/${id}`);
      return presentChannelAccount(await getChannelAccount(ctx, id));
    },
  );
}

function signupRoute(app: FastifyInstance, options: ConnectOptions): void {
  app.post<{ Body: EmbeddedSignup }>(
    "/v1/channel-accounts/embedded-signup",
    {
      config: forAdmins,
      schema: {
        summary: "Connect a WhatsApp number by Embedded Signup's code",
        tags,
        body: EmbeddedSignup,
        response: { 201: ChannelAccount },
      },
    },
    async (request, reply) => {
      const {
        code,
        phone_number_id: phoneNumberId,
        waba_id: wabaId,
        business_id: businessId,
        pin,
        event,
      } = request.body;
      const isCoexistence = event === "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING";
      const ctx = ctxOf(request);
      const id = await connectBySignup(ctx, depsOf(options), {
        code,
        wabaId,
        ...withoutUndefined({ phoneNumberId, businessId, pin }),
        ...(isCoexistence ? { coexistence: true } : {}),
      });
      reply.code(201).header("location", `/v1/channel-accounts/${id}`);
      return presentChannelAccount(await getChannelAccount(ctx, id));
    },
  );
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/v1/channel-accounts/:id",
    { schema: { summary: "One number", tags, params: ById, response: { 200: ChannelAccount } } },
    async (request) =>
      presentChannelAccount(await getChannelAccount(ctxOf(request), idIn(request.params, "channel_account"))),
  );
  app.get<{ Params: Params }>(
    "/v1/channel-accounts/:id/health",
    {
      schema: {
        summary: "What a working number needs, and how each stands",
        tags,
        params: ById,
        response: { 200: ChannelHealth },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      const checks = channelHealth(await getChannelAccount(ctx, idIn(request.params, "channel_account")), ctx.now());
      return { healthy: checks.every(({ state }) => state === "ok" || state === "unknown"), checks };
    },
  );
}

function syncRoute(app: FastifyInstance, options: ConnectOptions): void {
  app.post<{ Params: Params }>(
    "/v1/channel-accounts/:id/sync",
    {
      config: { ...forManagers, ownIdempotency: true },
      schema: { summary: "Ask WhatsApp about the number now", tags, params: ById, response: { 200: ChannelAccount } },
    },
    async (request) => {
      const ctx = ctxOf(request);
      const account = await channelCredentials(ctx, idIn(request.params, "channel_account"));
      if (account.provider === "simulator") await liftTrouble(ctx);
      if (account.provider === "whatsapp_cloud") {
        const deps = depsOf(options);
        await watchAccount(ctx, deps, account);
        await syncAccount(ctx, deps, account);
      }
      return presentChannelAccount(await getChannelAccount(ctx, account.id));
    },
  );
}

function changeRoutes(app: FastifyInstance, options: ConnectOptions): void {
  app.post<{ Params: Params; Body: ChannelToken }>(
    "/v1/channel-accounts/:id/token",
    {
      config: forAdmins,
      schema: {
        summary: "A new access token for a number",
        tags,
        params: ById,
        body: ChannelToken,
        response: { 200: ChannelAccount },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      const id = idIn(request.params, "channel_account");
      const input = { ...(await idsOf(ctx, id)), accessToken: request.body.access_token };
      await connectAccount(ctx, depsOf(options), input);
      return presentChannelAccount(await getChannelAccount(ctx, id));
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/channel-accounts/:id",
    {
      config: forAdmins,
      schema: {
        summary: "Disconnect a number; its conversations stay",
        tags,
        params: ById,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      await disconnectAccount(ctxOf(request), depsOf(options), idIn(request.params, "channel_account"));
      reply.code(204);
    },
  );
}

async function idsOf(ctx: Ctx, id: number) {
  const { provider, externalId: phoneNumberId, wabaId } = await channelCredentials(ctx, id);
  if (provider === "whatsapp_cloud" && wabaId !== null) return { phoneNumberId, wabaId };
  throw new DomainError({ kind: "conflict", message: "Only a connected number of the Cloud API takes a token." });
}

function depsOf({ channels, encryptionKey, whatsappApp }: ConnectOptions): ConnectDeps {
  const transport = channels.transportOf("whatsapp_cloud");
  if (!transport) throw new DomainError({ kind: "conflict", message: "This server has no way to WhatsApp." });
  return { transport, encryptionKey, app: whatsappApp };
}
