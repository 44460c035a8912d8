import { sql } from "kysely";
import type { NotificationWays } from "../../../shared/notification-kinds.ts";
import { isNotificationKind } from "../../../shared/notification-kinds.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import { isTimeZone } from "../booking/zone-segments.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { requireVersion } from "../require-version.ts";
import { moveWaiting } from "./move-waiting.ts";
import { getNotificationSettings, type NotificationSettings, requirePerson } from "./notification-settings.ts";

/** Only what is given changes; null clears. */
export type NotificationSettingsPatch = {
  timeZone?: string | null;
  quietFrom?: number | null;
  quietUntil?: number | null;
  digestAt?: number;
  kinds?: ({ kind: string } & Partial<NotificationWays>)[];
};

/** Changes how the caller is told from now on; what waits for its time is given its new one. */
export async function changeNotificationSettings(
  ctx: Ctx,
  patch: NotificationSettingsPatch,
  options: { ifVersion?: number } = {},
): Promise<NotificationSettings> {
  const userId = requirePerson(ctx);
  return ctx.transact(async (tx) => {
    // Two edits of the same person, one after the other: the row to lock may not be there yet.
    await tx.tx.run(ensureRow({ companyId: tx.companyId, userId }));
    const before = await getNotificationSettings(tx);
    requireVersion("notification preferences", before.version, options.ifVersion);
    const after = edited(before, patch);
    const ways = Object.fromEntries(after.kinds.map(({ kind, ...own }) => [kind, own]));
    await tx.tx.run(
      writeSettings({
        ...after,
        companyId: tx.companyId,
        userId,
        ways: JSON.stringify(ways),
        now: tx.now().toISOString(),
      }),
    );
    const fresh = await getNotificationSettings(tx);
    await moveWaiting(tx, userId, fresh);
    return fresh;
  });
}

function edited(before: NotificationSettings, patch: NotificationSettingsPatch): NotificationSettings {
  const { kinds = [], ...fields } = patch;
  const after = { ...before, ...withoutUndefined(fields) };
  checkTimes(after);
  const given = new Map(kinds.map((one) => [one.kind, one]));
  for (const kind of given.keys()) if (!isNotificationKind(kind)) throw invalid("kinds", `There is no kind "${kind}".`);
  return {
    ...after,
    kinds: before.kinds.map((one) => ({ ...one, ...withoutUndefined({ ...given.get(one.kind) }), kind: one.kind })),
  };
}

function checkTimes({ timeZone, quietFrom, quietUntil, digestAt }: NotificationSettings): void {
  if (timeZone !== null && !isTimeZone(timeZone))
    throw invalid("timeZone", "timeZone must be a name such as Europe/Berlin");
  if ((quietFrom === null) !== (quietUntil === null))
    throw invalid("quietFrom", "Quiet hours want a beginning and an end, or neither.");
  for (const [path, minute] of Object.entries({ quietFrom, quietUntil, digestAt })) {
    if (minute === null) continue;
    if (!Number.isInteger(minute) || minute < 0 || minute > 1439) throw invalid(path, `${path} must be a time of day.`);
  }
}

const ensureRow = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<never>`
    insert into notification_settings (company_id, user_id, version)
    select company_id, user_id, 0 from memberships
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint
    on conflict (company_id, user_id) do update set updated_at = notification_settings.updated_at`,
);

type Write = Pick<NotificationSettings, "timeZone" | "quietFrom" | "quietUntil" | "digestAt"> & {
  companyId: number;
  userId: number;
  ways: string;
  now: string;
};

const writeSettings = prepared<Write>()(
  (_db, arg) => sql<never>`
    update notification_settings set time_zone = ${arg("timeZone")}::text, quiet_from = ${arg("quietFrom")}::smallint,
      quiet_until = ${arg("quietUntil")}::smallint, digest_at = ${arg("digestAt")}::smallint, ways = ${arg("ways")}::jsonb,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint`,
);
