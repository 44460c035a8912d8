import { type Static, Type } from "typebox";
import { amount } from "./booking.ts";
import { custom, id, nullableId, nullableText, nullableTime, oneOf, paging, text, time, version } from "./fields.ts";

const status = oneOf(["booked", "confirmed", "completed", "cancelled", "no_show"]);
const hours = oneOf(["working", "any"]);
const named = Type.Object({ id, name: Type.String() });

export const Appointment = Type.Object(
  {
    id,
    contact_id: id,
    contact: Type.Object({ name: Type.String(), phone: nullableText }),
    service: named,
    provider: named,
    location: Type.Object({ id, name: Type.String(), time_zone: Type.String() }),
    starts_at: time,
    ends_at: time,
    busy_until: time,
    status,
    amount: Type.Number(),
    currency: Type.String(),
    treatment_details: custom,
    notes: nullableText,
    source: nullableText,
    cancel_reason: nullableText,
    confirmed_at: nullableTime,
    completed_at: nullableTime,
    version,
    created_by: nullableId,
    created_at: time,
    updated_at: time,
  },
  { title: "Appointment" },
);
export type Appointment = Static<typeof Appointment>;

/** Only what is given changes; null clears. A new time is a reschedule. */
export const AppointmentPatch = Type.Object({
  amount: Type.Optional(amount),
  treatment_details: Type.Optional(custom),
  notes: Type.Optional(nullableText),
  source: Type.Optional(nullableText),
});
export type AppointmentPatch = Static<typeof AppointmentPatch>;

export const NewAppointment = Type.Object({
  ...AppointmentPatch.properties,
  contact_id: id,
  service_id: id,
  provider_id: id,
  location_id: id,
  starts_at: time,
  ends_at: Type.Optional(time),
  status: Type.Optional(oneOf(["booked", "confirmed", "completed"])),
  hours: Type.Optional(hours),
});
export type NewAppointment = Static<typeof NewAppointment>;

export const Reschedule = Type.Object({
  starts_at: time,
  ends_at: Type.Optional(time),
  provider_id: Type.Optional(id),
  location_id: Type.Optional(id),
  hours: Type.Optional(hours),
});
export type Reschedule = Static<typeof Reschedule>;

export const AppointmentQuery = Type.Object({
  ...paging,
  contact_id: Type.Optional(id),
  provider_id: Type.Optional(id),
  location_id: Type.Optional(id),
  status: Type.Optional(status),
  from: Type.Optional(text(40)),
  to: Type.Optional(text(40)),
  order: Type.Optional(oneOf(["earliest", "latest"])),
});
export type AppointmentQuery = Static<typeof AppointmentQuery>;
