import type { FastifyInstance } from "fastify";
import { MessagePrices, OwnPrices, SendSettings, SendSettingsPatch } from "../../../../shared/v1/sending.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { defaultPrices, pricesSource } from "../../../domain/policy/prices/default-prices.ts";
import { listMessagePrices } from "../../../domain/policy/prices/list-message-prices.ts";
import type { MessagePrice } from "../../../domain/policy/prices/message-price.ts";
import { replaceMessagePrices } from "../../../domain/policy/prices/replace-message-prices.ts";
import { getSendSettings, type SendSettings as Settings } from "../../../domain/policy/send-settings.ts";
import { updateSendSettings } from "../../../domain/policy/update-send-settings.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { ifMatch, tagged } from "../entity-tag.ts";
import { presentMoney } from "../present-money.ts";

const tags = ["settings"];

export function sendSettingsRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/settings/sending",
    { schema: { summary: "Quiet hours, caps and consent rules", tags, response: { 200: SendSettings } } },
    async (request, reply) => tagged(reply, presentSendSettings(await getSendSettings(ctxOf(request)))),
  );
  app.patch<{ Body: SendSettingsPatch }>(
    "/v1/settings/sending",
    {
      config: forManagers,
      schema: { summary: "Change them", tags, body: SendSettingsPatch, response: { 200: SendSettings } },
    },
    async (request, reply) => {
      const settings = await updateSendSettings(ctxOf(request), parsePatch(request.body), ifMatch(request));
      return tagged(reply, presentSendSettings(settings));
    },
  );
  priceRoutes(app);
}

function priceRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/message-prices",
    {
      schema: {
        summary: "The company's own prices, then those shipped with the product",
        tags,
        response: { 200: MessagePrices },
      },
    },
    async (request) => presentPrices(await listMessagePrices(ctxOf(request))),
  );
  app.put<{ Body: OwnPrices }>(
    "/v1/message-prices",
    {
      config: forManagers,
      schema: {
        summary: "Put the company's own price list in place of the one it had",
        tags,
        body: OwnPrices,
        response: { 200: MessagePrices },
      },
    },
    async (request) =>
      presentPrices(
        await replaceMessagePrices(
          ctxOf(request),
          request.body.data.map(({ market, category, valid_from_on: validFromOn, currency, amount }) => ({
            market,
            category,
            validFromOn,
            currency,
            amount: String(amount),
          })),
        ),
      ),
  );
}

function presentSendSettings(settings: Settings): SendSettings {
  return {
    quiet_from: settings.quietFrom,
    quiet_to: settings.quietTo,
    quiet_weekdays: settings.quietWeekdays,
    marketing_per_week: settings.marketingPerWeek,
    business_initiated_per_day: settings.businessInitiatedPerDay,
    require_marketing_consent: settings.requireMarketingConsent,
    unknown_wait_seconds: settings.unknownWaitSeconds,
    version: settings.version,
    updated_at: settings.updatedAt,
  };
}

function parsePatch(body: SendSettingsPatch) {
  return withoutUndefined({
    quietFrom: body.quiet_from,
    quietTo: body.quiet_to,
    quietWeekdays: body.quiet_weekdays,
    marketingPerWeek: body.marketing_per_week,
    businessInitiatedPerDay: body.business_initiated_per_day,
    requireMarketingConsent: body.require_marketing_consent,
    unknownWaitSeconds: body.unknown_wait_seconds,
  });
}

function presentPrices(own: MessagePrice[]): MessagePrices {
  const present = (isOwn: true | false) => (price: MessagePrice) => ({
    market: price.market,
    category: price.category,
    valid_from_on: price.validFromOn,
    currency: price.currency,
    amount: price.amount === null ? null : presentMoney(price.amount),
    is_own: isOwn,
  });
  return { data: [...own.map(present(true)), ...defaultPrices.map(present(false))], source: pricesSource };
}
