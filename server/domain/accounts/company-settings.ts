import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** How a company wants things: its clock, money, language, and which steps of the new-lead workflow run by themselves. */
export type CompanySettings = {
  company: { id: number; slug: string; name: string };
  timeZone: string;
  currency: string;
  locale: string;
  /** In which national phone numbers are read; two letters. */
  defaultCountry: string | null;
  intakeProfile: boolean;
  intakeScore: boolean;
  intakeTask: boolean;
  intakeNotify: boolean;
  intakeDeal: boolean;
  apiRequestsPerMinute: number;
  /** Multiplies the requests an hour that the WhatsApp document allows. */
  hourlyLimitFactor: number;
  version: number;
  updatedAt: string;
};

export async function getSettings(ctx: Ctx): Promise<CompanySettings> {
  const row = await ctx.db.first(settingsOfCompany({ companyId: ctx.companyId }));
  if (!row) throw notFound("company", ctx.companyId);
  const { slug, name, ...settings } = row;
  return { company: { id: ctx.companyId, slug, name }, ...settings };
}

type Row = Omit<CompanySettings, "company"> & { slug: string; name: string };

const settingsOfCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Row>`
    select c.slug, c.name, s.time_zone as "timeZone", s.currency, s.locale, s.default_country as "defaultCountry",
      s.intake_profile as "intakeProfile", s.intake_score as "intakeScore", s.intake_task as "intakeTask",
      s.intake_notify as "intakeNotify", s.intake_deal as "intakeDeal",
      s.api_requests_per_minute as "apiRequestsPerMinute", s.hourly_limit_factor as "hourlyLimitFactor", s.version, s.updated_at as "updatedAt"
    from company_settings s join companies c on c.id = s.company_id where s.company_id = ${arg("companyId")}::bigint`,
);
