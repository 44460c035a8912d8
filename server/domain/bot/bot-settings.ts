import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** How a company wants its bot. Prices are for a million tokens, decimal text. */
export type BotSettings = {
  enabled: boolean;
  businessName: string;
  about: string;
  greeting: string | null;
  prices: string;
  demos: boolean;
  replyDelayMs: number;
  quietAfterPersonMinutes: number;
  maxRepliesPerDay: number;
  modelUrl: string | null;
  modelName: string | null;
  modelKeySealed: string | null;
  modelTimeoutMs: number;
  modelInputPrice: string;
  modelOutputPrice: string;
  modelMonthlyCap: string;
  modelCurrency: string;
  version: number;
  updatedAt: string | null;
};

export const untouchedBotSettings: BotSettings = {
  enabled: false,
  businessName: "",
  about: "",
  greeting: null,
  prices: "",
  demos: true,
  replyDelayMs: 1500,
  quietAfterPersonMinutes: 240,
  maxRepliesPerDay: 40,
  modelUrl: null,
  modelName: null,
  modelKeySealed: null,
  modelTimeoutMs: 8000,
  modelInputPrice: "0",
  modelOutputPrice: "0",
  modelMonthlyCap: "10",
  modelCurrency: "USD",
  version: 1,
  updatedAt: null,
};

/** The settings as they stand; a company that never touched them has the bot off. */
export async function getBotSettings(ctx: Ctx): Promise<BotSettings> {
  return (await ctx.db.first(settingsOf({ companyId: ctx.companyId }))) ?? untouchedBotSettings;
}

const settingsOf = prepared<{ companyId: number }>()(
  (_db, arg) => sql<BotSettings>`
    select enabled, business_name as "businessName", about, greeting, prices, demos, reply_delay_ms as "replyDelayMs",
      quiet_after_person_minutes as "quietAfterPersonMinutes", max_replies_per_day as "maxRepliesPerDay", model_url as "modelUrl",
      model_name as "modelName", model_key_sealed as "modelKeySealed", model_timeout_ms as "modelTimeoutMs",
      model_input_price as "modelInputPrice", model_output_price as "modelOutputPrice", model_monthly_cap as "modelMonthlyCap",
      model_currency as "modelCurrency", version, updated_at as "updatedAt"
    from bot_settings where company_id = ${arg("companyId")}::bigint`,
);
