import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import * as View from "../../../../shared/v1/bot.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { createOutboundClient } from "../../../channels/egress/outbound-client.ts";
import { urlFault } from "../../../channels/egress/url-fault.ts";
import { createModelClient } from "../../../channels/model-endpoint/openai-client.ts";
import type { Db } from "../../../db/connection.ts";
import { sealSecret } from "../../../domain/accounts/seal-secret.ts";
import { type BotSettings, getBotSettings } from "../../../domain/bot/bot-settings.ts";
import { spentThisMonth } from "../../../domain/bot/spent-this-month.ts";
import { tryBot } from "../../../domain/bot/try-bot.ts";
import { type BotSettingsPatch, updateBotSettings } from "../../../domain/bot/update-bot-settings.ts";
import { outboundPolicy } from "../../../domain/outbound-addresses/outbound-policy.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { ifMatch, tagged } from "../entity-tag.ts";

const tags = ["bot"];

export type BotRouteOptions = {
  db: Db;
  /** Seals the model's key; 32 bytes as base64url. */
  encryptionKey: string;
  publicUrl?: string | undefined;
  allowPrivateWebhooks?: boolean;
};

/** How the bot answers, and what it would answer. */
export function botSettingsRoutes(app: FastifyInstance, options: BotRouteOptions): void {
  settingsRoutes(app, options);
  trialRoute(app, options);
}

function settingsRoutes(app: FastifyInstance, { encryptionKey, ...options }: BotRouteOptions): void {
  const faultOfUrl = urlFault(policyOf(options));
  app.get(
    "/v1/settings/bot",
    { schema: { summary: "How the bot answers", tags, response: { 200: View.BotSettings } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      return tagged(reply, present(await getBotSettings(ctx), await spentThisMonth(ctx)));
    },
  );
  app.patch<{ Body: View.BotSettingsPatch }>(
    "/v1/settings/bot",
    {
      config: forManagers,
      schema: { summary: "Change the bot", tags, body: View.BotSettingsPatch, response: { 200: View.BotSettings } },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const patch = parse(request.body, (key) => sealSecret(encryptionKey, key, `bot:${ctx.companyId}`));
      const settings = await updateBotSettings(ctx, patch, { ...ifMatch(request), faultOfUrl });
      return tagged(reply, present(settings, await spentThisMonth(ctx)));
    },
  );
}

function trialRoute(app: FastifyInstance, { db, encryptionKey, ...options }: BotRouteOptions): void {
  const calls = createOutboundClient(policyOf(options));
  app.addHook("onClose", async () => calls.close());
  const model = { db, encryptionKey, client: createModelClient(calls) };
  app.post<{ Body: Static<typeof View.BotTrial> }>(
    "/v1/bot/try",
    {
      schema: {
        summary: "What the bot would answer",
        tags,
        body: View.BotTrial,
        response: { 200: View.BotTrialAnswer },
      },
      config: { ownIdempotency: true },
    },
    async (request) => {
      const plan = await tryBot(
        ctxOf(request),
        { text: request.body.text, language: request.body.language ?? null },
        model,
      );
      return { reply: plan.text, language: plan.language, handover: plan.handover };
    },
  );
}

function policyOf({ publicUrl, allowPrivateWebhooks = false }: Omit<BotRouteOptions, "db" | "encryptionKey">) {
  return outboundPolicy({ publicUrl, allowPrivate: allowPrivateWebhooks });
}

function parse(body: View.BotSettingsPatch, seal: (key: string) => string): BotSettingsPatch {
  const { model = {} } = body;
  return withoutUndefined({
    enabled: body.enabled,
    businessName: body.business_name,
    about: body.about,
    greeting: body.greeting,
    prices: body.prices,
    demos: body.demos,
    replyDelayMs: body.reply_delay_ms,
    quietAfterPersonMinutes: body.quiet_after_person_minutes,
    maxRepliesPerDay: body.max_replies_per_day,
    modelUrl: model.url,
    modelName: model.name,
    modelKeySealed: typeof model.key === "string" && model.key !== "" ? seal(model.key) : forgotten(model.key),
    modelTimeoutMs: model.timeout_ms,
    modelInputPrice: model.input_price,
    modelOutputPrice: model.output_price,
    modelMonthlyCap: model.monthly_cap,
    modelCurrency: model.currency,
  });
}

function forgotten(key: string | null | undefined): null | undefined {
  return key === undefined ? undefined : null;
}

function present(settings: BotSettings, spent: string): View.BotSettings {
  return {
    enabled: settings.enabled,
    business_name: settings.businessName,
    about: settings.about,
    greeting: settings.greeting,
    prices: settings.prices,
    demos: settings.demos,
    reply_delay_ms: settings.replyDelayMs,
    quiet_after_person_minutes: settings.quietAfterPersonMinutes,
    max_replies_per_day: settings.maxRepliesPerDay,
    model: {
      url: settings.modelUrl,
      name: settings.modelName,
      has_key: settings.modelKeySealed !== null,
      timeout_ms: settings.modelTimeoutMs,
      input_price: settings.modelInputPrice,
      output_price: settings.modelOutputPrice,
      monthly_cap: settings.modelMonthlyCap,
      currency: settings.modelCurrency,
      spent_this_month: spent,
    },
    version: settings.version,
    updated_at: settings.updatedAt,
  };
}
