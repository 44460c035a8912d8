import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { getSendSettings, type SendSettings } from "./send-settings.ts";

/** Only what is given changes. */
export type SendSettingsPatch = Partial<Omit<SendSettings, "version" | "updatedAt">>;

export async function updateSendSettings(
  ctx: Ctx,
  patch: SendSettingsPatch,
  options: { ifVersion?: number } = {},
): Promise<SendSettings> {
  return ctx.transact(async (tx) => {
    await tx.tx.run(ensureSettings({ companyId: tx.companyId }));
    await tx.tx.first(lockSettings({ companyId: tx.companyId }));
    const before = await getSendSettings(tx);
    requireVersion("send settings", before.version, options.ifVersion);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    check(after);
    const change = changedFields(before, after);
    if (!change) return before;
    await tx.tx.run(writeSettings({ ...after, companyId: tx.companyId, now: tx.now().toISOString() }));
    await recordEvent(tx, { type: "send_settings.updated", subject: { kind: "company", id: tx.companyId }, ...change });
    return getSendSettings(tx);
  });
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

function check(settings: SendSettings): void {
  const problems: FieldProblem[] = [];
  for (const path of ["quietFrom", "quietTo"] as const) {
    const time = settings[path];
    if (time !== null && !clock.test(time)) problems.push({ path, message: `${path} must be a time such as 20:00` });
  }
  if ((settings.quietFrom === null) !== (settings.quietTo === null))
    problems.push({ path: "quietTo", message: "quiet hours need a beginning and an end, or neither" });
  if (settings.quietWeekdays.some((day) => !between(day, 1, 7)) || new Set(settings.quietWeekdays).size > 6)
    problems.push({ path: "quietWeekdays", message: "quietWeekdays are 1 (Monday) to 7, and at most six of them" });
  if (!between(settings.marketingPerWeek, 0, 50))
    problems.push({ path: "marketingPerWeek", message: "marketingPerWeek must be a whole number from 0 to 50" });
  if (!between(settings.businessInitiatedPerDay, 1, 50))
    problems.push({ path: "businessInitiatedPerDay", message: "businessInitiatedPerDay must be from 1 to 50" });
  if (!between(settings.unknownWaitSeconds, 60, 86_400))
    problems.push({ path: "unknownWaitSeconds", message: "unknownWaitSeconds must be from 60 to 86400" });
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

function between(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

const ensureSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`
    insert into send_settings (company_id) values (${arg("companyId")}::bigint) on conflict (company_id) do nothing`,
);

const lockSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ companyId: number }>`
    select company_id as "companyId" from send_settings where company_id = ${arg("companyId")}::bigint for update`,
);

const writeSettings = prepared<Omit<SendSettings, "version" | "updatedAt"> & { companyId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update send_settings set quiet_from = ${arg("quietFrom")}::text, quiet_to = ${arg("quietTo")}::text,
      quiet_weekdays = ${arg("quietWeekdays")}::smallint[], marketing_per_week = ${arg("marketingPerWeek")}::int,
      business_initiated_per_day = ${arg("businessInitiatedPerDay")}::int,
      require_marketing_consent = ${arg("requireMarketingConsent")}::boolean,
      unknown_wait_seconds = ${arg("unknownWaitSeconds")}::int, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint`,
);
