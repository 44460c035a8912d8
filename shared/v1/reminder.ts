import { type Static, Type } from "typebox";
import { id, nullableId, nullableText, nullableTime, oneOf, time, version } from "./fields.ts";

const minutesBefore = Type.Array(Type.Integer({ minimum: 5, maximum: 43_200 }), {
  maxItems: 5,
  description: "Minutes before a visit, each a reminder of its own; 1440 and 120 where nothing else was said.",
});

const templates = Type.Record(Type.String({ maxLength: 10 }), Type.String({ minLength: 1, maxLength: 512 }), {
  maxProperties: 50,
  description: "Name of the template by language (en, pt_BR); * for all others.",
});

const fields = {
  enabled: Type.Boolean(),
  minutes_before: minutesBefore,
  by_whatsapp: Type.Boolean({ description: "By an approved template" }),
  by_email: Type.Boolean({ description: "Where nothing may leave by WhatsApp" }),
  templates,
  recovery_enabled: Type.Boolean({ description: "Write to who missed a visit" }),
  recovery_after_minutes: Type.Integer({ minimum: 0, maximum: 43_200 }),
  recovery_templates: templates,
  rebooking_templates: templates,
};

export const ReminderSettings = Type.Object({ ...fields, version, updated_at: time });
export type ReminderSettings = Static<typeof ReminderSettings>;

export const ReminderSettingsPatch = Type.Partial(Type.Object(fields));
export type ReminderSettingsPatch = Static<typeof ReminderSettingsPatch>;

export const Reminder = Type.Object({
  id,
  kind: oneOf(["reminder", "recovery"]),
  minutes_before: Type.Integer(),
  starts_at: Type.String({ format: "date-time", description: "The visit's time that it speaks of" }),
  due_at: time,
  state: oneOf(["waiting", "queued", "dropped", "failed"]),
  sent_by: Type.Unsafe<"whatsapp" | "email" | null>({ type: ["string", "null"], enum: ["whatsapp", "email", null] }),
  message_id: nullableId,
  reason: nullableText,
  settled_at: nullableTime,
});
export type Reminder = Static<typeof Reminder>;

export const Reminders = Type.Object({ data: Type.Array(Reminder) });
