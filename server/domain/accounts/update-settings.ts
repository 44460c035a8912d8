import { sql } from "kysely";
import { getCountries } from "libphonenumber-js/max";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, type FieldProblem, invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { type CompanySettings, getSettings } from "./company-settings.ts";

/** Only what is given changes. */
export type SettingsPatch = Partial<Omit<CompanySettings, "company" | "version" | "updatedAt">>;

export async function updateSettings(
  ctx: Ctx,
  patch: SettingsPatch,
  options: { ifVersion?: number } = {},
): Promise<CompanySettings> {
  check(patch);
  return ctx.transact(async (tx) => {
    await tx.tx.first(lockSettings({ companyId: tx.companyId }));
    const before = await getSettings(tx);
    requireVersion("settings", before.version, options.ifVersion);
    if (patch.timeZone !== undefined) await requireTimeZone(tx, patch.timeZone);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    const change = changedFields(before, after);
    if (!change) return before;
    await tx.tx.run(writeSettings({ ...after, companyId: tx.companyId, now: tx.now().toISOString() }));
    await recordEvent(tx, { type: "settings.updated", subject: { kind: "company", id: tx.companyId }, ...change });
    return getSettings(tx);
  });
}

const currencies = new Set(Intl.supportedValuesOf("currency"));
const countries = new Set<string>(getCountries());

function check({ currency, locale, defaultCountry, apiRequestsPerMinute, hourlyLimitFactor }: SettingsPatch): void {
  const problems: FieldProblem[] = [];
  if (currency !== undefined && !currencies.has(currency)) {
    problems.push({ path: "currency", message: "currency must be a code of ISO 4217, such as USD" });
  }
  if (locale !== undefined && !isLocale(locale)) {
    problems.push({ path: "locale", message: "locale must be a language tag such as en or pt-BR" });
  }
  if (defaultCountry && !countries.has(defaultCountry)) {
    problems.push({ path: "defaultCountry", message: "default country must be two capital letters such as BR" });
  }
  // Fewer would lock the company out of its own settings.
  if (apiRequestsPerMinute !== undefined && !(Number.isInteger(apiRequestsPerMinute) && apiRequestsPerMinute >= 60)) {
    problems.push({ path: "apiRequestsPerMinute", message: "requests per minute must be a whole number, at least 60" });
  }
  if (hourlyLimitFactor !== undefined && !(Number.isInteger(hourlyLimitFactor) && hourlyLimitFactor >= 1)) {
    problems.push({
      path: "hourlyLimitFactor",
      message: "the factor of hourly limits must be a whole number, at least 1",
    });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

function isLocale(locale: string): boolean {
  try {
    return locale.length <= 35 && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

// Asked of the database: days are counted there, and a zone that only we know would break every score.
async function requireTimeZone(tx: TxCtx, timeZone: string): Promise<void> {
  if (await tx.db.first(knownTimeZone({ timeZone }))) return;
  throw invalid("timeZone", "time zone must be a name such as Europe/Berlin");
}

const knownTimeZone = prepared<{ timeZone: string }>()(
  (_db, arg) => sql<{ name: string }>`
    select name from pg_timezone_names where name = ${arg("timeZone")}::text and name not like 'posix%'`,
);

const lockSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ companyId: number }>`
    select company_id as "companyId" from company_settings where company_id = ${arg("companyId")}::bigint for update`,
);

type SettingsWrite = Omit<CompanySettings, "company" | "version" | "updatedAt"> & { companyId: number; now: string };

const writeSettings = prepared<SettingsWrite>()(
  (_db, arg) => sql<never>`
    update company_settings set time_zone = ${arg("timeZone")}::text, currency = ${arg("currency")}::text,
      locale = ${arg("locale")}::text, default_country = ${arg("defaultCountry")}::text,
      intake_profile = ${arg("intakeProfile")}::boolean, intake_score = ${arg("intakeScore")}::boolean,
      intake_task = ${arg("intakeTask")}::boolean, intake_notify = ${arg("intakeNotify")}::boolean,
      intake_deal = ${arg("intakeDeal")}::boolean, api_requests_per_minute = ${arg("apiRequestsPerMinute")}::int,
      hourly_limit_factor = ${arg("hourlyLimitFactor")}::int,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint`,
);
