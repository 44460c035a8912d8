import { sql } from "kysely";
import { type Json, jsonObjectOf } from "../../../shared/json.ts";
import {
  mailCadences,
  type NotificationKind,
  type NotificationWays,
  notificationKindNames,
  usualWays,
} from "../../../shared/notification-kinds.ts";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { forbidden } from "../domain-error.ts";

export type KindWays = NotificationWays & { kind: NotificationKind };

export type NotificationSettings = {
  /** The member's own zone; null: the company's. */
  timeZone: string | null;
  /** The zone that counts. */
  effectiveTimeZone: string;
  /** Minutes of the local day; null where there are no quiet hours. */
  quietFrom: number | null;
  quietUntil: number | null;
  /** When the daily digest goes, in minutes of the local day. */
  digestAt: number;
  kinds: KindWays[];
  version: number;
};

/** How the caller wants to be told. */
export async function getNotificationSettings(ctx: Ctx): Promise<NotificationSettings> {
  const row = await ctx.db.first(settingsOfUser({ companyId: ctx.companyId, userId: requirePerson(ctx) }));
  if (!row) throw forbidden("You are not a member of this company.");
  const { ways, ...rest } = row;
  return { ...rest, kinds: notificationKindNames.map((kind) => ({ kind, ...waysOf(kind, ways) })) };
}

/** The caller's user id; only people are told anything. */
export function requirePerson(ctx: Ctx): number {
  const userId = actingUserId(ctx);
  if (userId !== null) return userId;
  throw forbidden("Only a person has notifications: sign in, an API key has none.");
}

function waysOf(kind: NotificationKind, stored: Json): NotificationWays {
  const usual = usualWays(kind);
  const own = jsonObjectOf(jsonObjectOf(stored)?.[kind]) ?? {};
  return {
    inApp: typeof own.inApp === "boolean" ? own.inApp : usual.inApp,
    email: mailCadences.find((cadence) => cadence === own.email) ?? usual.email,
    push: typeof own.push === "boolean" ? own.push : usual.push,
  };
}

type Stored = Omit<NotificationSettings, "kinds"> & { ways: Json };

const settingsOfUser = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<Stored>`
    select s.time_zone as "timeZone", coalesce(s.time_zone, c.time_zone, 'UTC') as "effectiveTimeZone", s.quiet_from as "quietFrom",
      s.quiet_until as "quietUntil", coalesce(s.digest_at, 480) as "digestAt", coalesce(s.ways, '{}') as ways,
      coalesce(s.version, 0) as version
    from memberships m
    left join notification_settings s on s.company_id = m.company_id and s.user_id = m.user_id
    left join company_settings c on c.company_id = m.company_id
    where m.company_id = ${arg("companyId")}::bigint and m.user_id = ${arg("userId")}::bigint`,
);
