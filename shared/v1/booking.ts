import { type Static, Type } from "typebox";
import { id, nullableId, nullableText, paging, text, time, version } from "./fields.ts";

/** An exact decimal: a number, or its text where a client keeps money as text. */
export const amount = Type.Unsafe<number | string>({ type: ["number", "string"], maxLength: 20 });

const ids = Type.Array(id, { maxItems: 500 });

/** A stretch of a weekday on the wall clock; "24:00" is midnight at its end. */
export const DayHours = Type.Object({
  weekday: Type.Integer({ minimum: 1, maximum: 7, description: "1 is Monday" }),
  from: Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$", description: "09:00" }),
  to: Type.String({ pattern: "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$", description: "17:30, or 24:00" }),
});
export type DayHours = Static<typeof DayHours>;

export const Service = Type.Object({
  id,
  name: Type.String(),
  duration_minutes: Type.Integer(),
  buffer_minutes: Type.Integer(),
  price: Type.Number(),
  currency: Type.String(),
  active: Type.Boolean(),
  version,
  created_at: time,
  updated_at: time,
});
export type Service = Static<typeof Service>;

export const ServicePatch = Type.Object({
  name: Type.Optional(text(200)),
  duration_minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
  buffer_minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1440 })),
  price: Type.Optional(amount),
  currency: Type.Optional(text(3)),
  active: Type.Optional(Type.Boolean()),
});
export type ServicePatch = Static<typeof ServicePatch>;

export const NewService = Type.Object({
  ...ServicePatch.properties,
  name: text(200),
  duration_minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
});
export type NewService = Static<typeof NewService>;

const openingHours = Type.Unsafe<DayHours[] | null>({ type: ["array", "null"], maxItems: 200, items: DayHours });

export const Location = Type.Object({
  id,
  name: Type.String(),
  address: nullableText,
  time_zone: Type.String(),
  opening_hours: openingHours,
  active: Type.Boolean(),
  version,
  created_at: time,
  updated_at: time,
});
export type Location = Static<typeof Location>;

export const LocationPatch = Type.Object({
  name: Type.Optional(text(200)),
  address: Type.Optional(nullableText),
  time_zone: Type.Optional(text(100)),
  opening_hours: Type.Optional(openingHours),
  active: Type.Optional(Type.Boolean()),
});
export type LocationPatch = Static<typeof LocationPatch>;

export const NewLocation = Type.Object({ ...LocationPatch.properties, name: text(200), time_zone: text(100) });
export type NewLocation = Static<typeof NewLocation>;

export const Provider = Type.Object({
  id,
  name: Type.String(),
  user_id: nullableId,
  service_ids: Type.Array(id),
  location_ids: Type.Array(id),
  active: Type.Boolean(),
  version,
  created_at: time,
  updated_at: time,
});
export type Provider = Static<typeof Provider>;

export const ProviderPatch = Type.Object({
  name: Type.Optional(text(200)),
  user_id: Type.Optional(nullableId),
  service_ids: Type.Optional(ids),
  location_ids: Type.Optional(ids),
  active: Type.Optional(Type.Boolean()),
});
export type ProviderPatch = Static<typeof ProviderPatch>;

export const NewProvider = Type.Object({ ...ProviderPatch.properties, name: text(200) });
export type NewProvider = Static<typeof NewProvider>;

export const WorkingHours = Type.Object({ location_id: id, ...DayHours.properties });
export type WorkingHours = Static<typeof WorkingHours>;

export const WorkingWeek = Type.Object({ hours: Type.Array(WorkingHours, { maxItems: 200 }) });
export type WorkingWeek = Static<typeof WorkingWeek>;

export const TimeOff = Type.Object({ id, starts_at: time, ends_at: time, reason: nullableText });
export type TimeOff = Static<typeof TimeOff>;

export const NewTimeOff = Type.Object({ starts_at: time, ends_at: time, reason: Type.Optional(nullableText) });
export type NewTimeOff = Static<typeof NewTimeOff>;

export const OfferQuery = Type.Object({ ...paging, active: Type.Optional(Type.Boolean()) });
export type OfferQuery = Static<typeof OfferQuery>;

const slotTime = Type.String({
  maxLength: 40,
  description: "RFC 3339, or a date: the beginning of that day at the place",
});

export const FreeSlotQuery = Type.Object({
  service_id: id,
  location_id: id,
  provider_id: Type.Optional(id),
  from: slotTime,
  to: slotTime,
  step_minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 240, description: "30 where not said" })),
});
export type FreeSlotQuery = Static<typeof FreeSlotQuery>;

export const FreeSlots = Type.Object({
  time_zone: Type.String(),
  data: Type.Array(Type.Object({ starts_at: time, ends_at: time, provider_ids: Type.Array(id) })),
});
export type FreeSlots = Static<typeof FreeSlots>;

export const CalendarFeed = Type.Object({
  active: Type.Boolean(),
  created_at: Type.Unsafe<string | null>({ type: ["string", "null"] }),
});
export type CalendarFeed = Static<typeof CalendarFeed>;

export const NewCalendarFeed = Type.Object({
  address: Type.String({ description: "Shown once; whoever knows it can read the calendar." }),
  created_at: time,
});
export type NewCalendarFeed = Static<typeof NewCalendarFeed>;
