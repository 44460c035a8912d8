import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import * as View from "../../../../shared/v1/reminder.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { listReminders, type Reminder } from "../../../domain/reminders/list-reminders.ts";
import { getReminderSettings, type ReminderSettings } from "../../../domain/reminders/reminder-settings.ts";
import {
  type ReminderSettingsPatch,
  updateReminderSettings,
} from "../../../domain/reminders/update-reminder-settings.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { ifMatch, tagged } from "../entity-tag.ts";
import { ById, idIn } from "../path-params.ts";

export function reminderRoutes(app: FastifyInstance): void {
  const tags = ["settings"];
  app.get(
    "/v1/reminder-settings",
    {
      schema: {
        summary: "How people are reminded of visits, called back and asked to come again",
        tags,
        response: { 200: View.ReminderSettings },
      },
    },
    async (request, reply) => tagged(reply, presentSettings(await getReminderSettings(ctxOf(request)))),
  );
  app.patch<{ Body: View.ReminderSettingsPatch }>(
    "/v1/reminder-settings",
    {
      config: forManagers,
      schema: {
        summary: "Change it; the reminders of visits to come follow",
        tags,
        body: View.ReminderSettingsPatch,
        response: { 200: View.ReminderSettings },
      },
    },
    async (request, reply) => {
      const settings = await updateReminderSettings(ctxOf(request), parsePatch(request.body), ifMatch(request));
      return tagged(reply, presentSettings(settings));
    },
  );
  app.get<{ Params: Static<typeof ById> }>(
    "/v1/appointments/:id/reminders",
    {
      schema: {
        summary: "A visit's reminders: when they are due, and what became of them",
        tags: ["appointments"],
        params: ById,
        response: { 200: View.Reminders },
      },
    },
    async (request) => {
      const reminders = await listReminders(ctxOf(request), idIn(request.params, "appointment"));
      return { data: reminders.map(presentReminder) };
    },
  );
}

function presentSettings(settings: ReminderSettings): View.ReminderSettings {
  return {
    enabled: settings.enabled,
    minutes_before: settings.minutesBefore,
    by_whatsapp: settings.byWhatsapp,
    by_email: settings.byEmail,
    templates: settings.templates,
    recovery_enabled: settings.recoveryEnabled,
    recovery_after_minutes: settings.recoveryAfterMinutes,
    recovery_templates: settings.recoveryTemplates,
    rebooking_templates: settings.rebookingTemplates,
    version: settings.version,
    updated_at: settings.updatedAt,
  };
}

function parsePatch(body: View.ReminderSettingsPatch): ReminderSettingsPatch {
  return withoutUndefined({
    enabled: body.enabled,
    minutesBefore: body.minutes_before,
    byWhatsapp: body.by_whatsapp,
    byEmail: body.by_email,
    templates: body.templates,
    recoveryEnabled: body.recovery_enabled,
    recoveryAfterMinutes: body.recovery_after_minutes,
    recoveryTemplates: body.recovery_templates,
    rebookingTemplates: body.rebooking_templates,
  });
}

function presentReminder(reminder: Reminder): View.Reminder {
  return {
    id: reminder.id,
    kind: reminder.kind,
    minutes_before: reminder.minutesBefore,
    starts_at: reminder.startsAt,
    due_at: reminder.dueAt,
    state: reminder.state,
    sent_by: reminder.sentBy,
    message_id: reminder.messageId,
    reason: reminder.reason,
    settled_at: reminder.settledAt,
  };
}
