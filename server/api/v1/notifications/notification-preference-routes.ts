import type { FastifyInstance } from "fastify";
import { notificationKinds } from "../../../../shared/notification-kinds.ts";
import { NotificationPreferences, NotificationPreferencesPatch } from "../../../../shared/v1/notification.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { invalid } from "../../../domain/domain-error.ts";
import {
  changeNotificationSettings,
  type NotificationSettingsPatch,
} from "../../../domain/notifications/change-notification-settings.ts";
import {
  getNotificationSettings,
  type NotificationSettings,
} from "../../../domain/notifications/notification-settings.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ifMatch, tagged } from "../entity-tag.ts";
import { forEverybody } from "./for-everybody.ts";

const tags = ["notifications"];

/** How the caller is told of what. */
export function notificationPreferenceRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/me/notification-preferences",
    { schema: { summary: "How I am told of what", tags, response: { 200: NotificationPreferences } } },
    async (request, reply) => tagged(reply, present(await getNotificationSettings(ctxOf(request)))),
  );
  app.patch<{ Body: NotificationPreferencesPatch }>(
    "/v1/me/notification-preferences",
    {
      config: forEverybody,
      schema: {
        summary: "Change how I am told of what",
        tags,
        body: NotificationPreferencesPatch,
        response: { 200: NotificationPreferences },
      },
    },
    async (request, reply) => {
      const settings = await changeNotificationSettings(ctxOf(request), parse(request.body), ifMatch(request));
      return tagged(reply, present(settings));
    },
  );
}

function present(settings: NotificationSettings): NotificationPreferences {
  return {
    time_zone: settings.timeZone,
    effective_time_zone: settings.effectiveTimeZone,
    quiet_from: settings.quietFrom === null ? null : clockOf(settings.quietFrom),
    quiet_until: settings.quietUntil === null ? null : clockOf(settings.quietUntil),
    digest_at: clockOf(settings.digestAt),
    kinds: settings.kinds.map(({ kind, inApp, email, push }) => {
      const { group, label } = notificationKinds[kind];
      return { kind, group, label, in_app: inApp, email, push };
    }),
    version: settings.version,
  };
}

function parse(body: NotificationPreferencesPatch): NotificationSettingsPatch {
  return withoutUndefined({
    timeZone: body.time_zone,
    quietFrom: minutesOf("quiet_from", body.quiet_from),
    quietUntil: minutesOf("quiet_until", body.quiet_until),
    digestAt: minutesOf("digest_at", body.digest_at) ?? undefined,
    kinds: body.kinds?.map(({ kind, in_app: inApp, email, push }) => ({
      kind,
      ...withoutUndefined({ inApp, email, push }),
    })),
  });
}

function clockOf(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, "0");
  return `${part(Math.floor(minutes / 60))}:${part(minutes % 60)}`;
}

function minutesOf(path: string, clock: string | null | undefined): number | null | undefined {
  if (clock === null || clock === undefined) return clock;
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? [];
  if (hour === undefined || minute === undefined) throw invalid(path, `${path} must be a time of day such as 22:00`);
  return Number(hour) * 60 + Number(minute);
}
