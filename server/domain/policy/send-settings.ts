import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** How a company wants its people written to. */
export type SendSettings = {
  /** In the person's local time, "20:00"; both null: no quiet hours. */
  quietFrom: string | null;
  quietTo: string | null;
  /** Quiet all day, 1 Monday to 7 Sunday. */
  quietWeekdays: number[];
  marketingPerWeek: number;
  businessInitiatedPerDay: number;
  requireMarketingConsent: boolean;
  /** How long an unanswered call to a vendor waits for a status before it may be repeated. */
  unknownWaitSeconds: number;
  version: number;
  updatedAt: string;
};

/** The company's settings; where it never changed them, the defaults (which stand in the table's definition too). */
export async function getSendSettings(ctx: Ctx): Promise<SendSettings> {
  const row = await ctx.db.first(settingsOfCompany({ companyId: ctx.companyId }));
  return row ?? defaultSendSettings;
}

export const defaultSendSettings: SendSettings = {
  quietFrom: "20:00",
  quietTo: "08:00",
  quietWeekdays: [],
  marketingPerWeek: 3,
  businessInitiatedPerDay: 6,
  requireMarketingConsent: false,
  unknownWaitSeconds: 900,
  version: 1,
  updatedAt: "2026-11-21T00:00:00Z",
};

const settingsOfCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<SendSettings>`
    select quiet_from as "quietFrom", quiet_to as "quietTo", to_jsonb(quiet_weekdays) as "quietWeekdays",
      marketing_per_week as "marketingPerWeek", business_initiated_per_day as "businessInitiatedPerDay",
      require_marketing_consent as "requireMarketingConsent", unknown_wait_seconds as "unknownWaitSeconds",
      version, updated_at as "updatedAt"
    from send_settings where company_id = ${arg("companyId")}::bigint`,
);
