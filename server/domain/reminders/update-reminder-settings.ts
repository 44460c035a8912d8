import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { planAllReminders } from "./plan-reminders.ts";
import { getReminderSettings, type ReminderSettings } from "./reminder-settings.ts";

/** Only what is given changes. */
export type ReminderSettingsPatch = Partial<Omit<ReminderSettings, "version" | "updatedAt">>;

/** Changes the settings, and with them the reminders of all visits to come. */
export async function updateReminderSettings(
  ctx: Ctx,
  patch: ReminderSettingsPatch,
  options: { ifVersion?: number } = {},
): Promise<ReminderSettings> {
  return ctx.transact(async (tx) => {
    await tx.tx.run(ensureSettings({ companyId: tx.companyId }));
    await tx.tx.first(lockSettings({ companyId: tx.companyId }));
    const before = await getReminderSettings(tx);
    requireVersion("reminder settings", before.version, options.ifVersion);
    const merged = { ...before, ...withoutUndefined({ ...patch }) };
    const after = { ...merged, minutesBefore: [...new Set(merged.minutesBefore)].toSorted((a, b) => b - a) };
    check(after);
    const change = changedFields(before, after);
    if (!change) return before;
    await tx.tx.run(writeSettings(rowOf(tx.companyId, after, tx.now())));
    const subject = { kind: "company", id: tx.companyId } as const;
    await recordEvent(tx, { type: "reminder_settings.updated", subject, ...change });
    if (changesPlan(before, after)) await planAllReminders(tx);
    return getReminderSettings(tx);
  });
}

function changesPlan(before: ReminderSettings, after: ReminderSettings): boolean {
  return before.enabled !== after.enabled || before.minutesBefore.join() !== after.minutesBefore.join();
}

function check(settings: ReminderSettings): void {
  const problems: FieldProblem[] = [];
  if (settings.minutesBefore.length > 5 || settings.minutesBefore.some((each) => !between(each, 5, 43_200)))
    problems.push({ path: "minutesBefore", message: "minutesBefore are at most five, from 5 to 43200 each" });
  if (!between(settings.recoveryAfterMinutes, 0, 43_200))
    problems.push({ path: "recoveryAfterMinutes", message: "recoveryAfterMinutes must be from 0 to 43200" });
  for (const path of ["templates", "recoveryTemplates", "rebookingTemplates"] as const) {
    const entries = Object.entries(settings[path]);
    const fits = ([language, name]: [string, string]) =>
      /^(\*|[a-z]{2,3}([_-][A-Za-z]{2,4})?)$/.test(language) && /^[a-z0-9_]{1,512}$/.test(name);
    if (entries.length > 50 || !entries.every(fits))
      problems.push({ path, message: `${path} name a template (small letters, digits, _) for a language or *` });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

function between(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

type Row = Omit<
  ReminderSettings,
  "templates" | "recoveryTemplates" | "rebookingTemplates" | "version" | "updatedAt"
> & {
  companyId: number;
  templates: string;
  recoveryTemplates: string;
  rebookingTemplates: string;
  now: string;
};

function rowOf(companyId: number, settings: ReminderSettings, now: Date): Row {
  const { templates, recoveryTemplates, rebookingTemplates } = settings;
  return {
    ...settings,
    companyId,
    templates: JSON.stringify(templates),
    recoveryTemplates: JSON.stringify(recoveryTemplates),
    rebookingTemplates: JSON.stringify(rebookingTemplates),
    now: now.toISOString(),
  };
}

const ensureSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`
    insert into reminder_settings (company_id) values (${arg("companyId")}::bigint) on conflict (company_id) do nothing`,
);

const lockSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ companyId: number }>`
    select company_id as "companyId" from reminder_settings where company_id = ${arg("companyId")}::bigint for update`,
);

const writeSettings = prepared<Row>()(
  (_db, arg) => sql<never>`
    update reminder_settings set enabled = ${arg("enabled")}::boolean, minutes_before = ${arg("minutesBefore")}::int[],
      by_whatsapp = ${arg("byWhatsapp")}::boolean, by_email = ${arg("byEmail")}::boolean, templates = ${arg("templates")}::jsonb,
      recovery_enabled = ${arg("recoveryEnabled")}::boolean, recovery_after_minutes = ${arg("recoveryAfterMinutes")}::int,
      recovery_templates = ${arg("recoveryTemplates")}::jsonb, rebooking_templates = ${arg("rebookingTemplates")}::jsonb,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint`,
);
