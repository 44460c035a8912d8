import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** Names of templates by language ("en", "pt_BR"); "*" for all others. */
export type TemplateNames = Record<string, string>;

/** How a company wants its people reminded of visits, called back after missed ones, and asked to come again. */
export type ReminderSettings = {
  enabled: boolean;
  /** Each a reminder of its own, longest before first. */
  minutesBefore: number[];
  byWhatsapp: boolean;
  byEmail: boolean;
  templates: TemplateNames;
  recoveryEnabled: boolean;
  recoveryAfterMinutes: number;
  recoveryTemplates: TemplateNames;
  rebookingTemplates: TemplateNames;
  version: number;
  updatedAt: string;
};

/** The company's settings; where it never changed them, the defaults (which stand in the table's definition too). */
export async function getReminderSettings(ctx: Ctx): Promise<ReminderSettings> {
  const row = await ctx.db.first(settingsOfCompany({ companyId: ctx.companyId }));
  return row ?? defaultReminderSettings;
}

export const defaultReminderSettings: ReminderSettings = {
  enabled: true,
  minutesBefore: [1440, 120],
  byWhatsapp: true,
  byEmail: true,
  templates: { "*": "appointment_reminder" },
  recoveryEnabled: false,
  recoveryAfterMinutes: 1440,
  recoveryTemplates: { "*": "missed_appointment" },
  rebookingTemplates: { "*": "time_for_a_visit" },
  version: 1,
  updatedAt: "2026-11-21T00:00:00Z",
};

const settingsOfCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<ReminderSettings>`
    select enabled, to_jsonb(minutes_before) as "minutesBefore", by_whatsapp as "byWhatsapp", by_email as "byEmail", templates,
      recovery_enabled as "recoveryEnabled", recovery_after_minutes as "recoveryAfterMinutes",
      recovery_templates as "recoveryTemplates", rebooking_templates as "rebookingTemplates", version, updated_at as "updatedAt"
    from reminder_settings where company_id = ${arg("companyId")}::bigint`,
);
