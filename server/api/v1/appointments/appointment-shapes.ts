import { jsonObjectOf, jsonOf, objectOf } from "../../../../shared/json.ts";
import type * as View from "../../../../shared/v1/appointment.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Appointment } from "../../../domain/appointments/appointment.ts";
import type { AppointmentFields } from "../../../domain/appointments/appointment-fields.ts";
import type { NewAppointment } from "../../../domain/appointments/book-appointment.ts";
import type { NewTime } from "../../../domain/appointments/reschedule-appointment.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { parseMoney, presentMoney } from "../present-money.ts";

export function presentAppointment(appointment: Appointment): View.Appointment {
  const { serviceId, providerId, locationId, contactName: name, contactPhone: phone, timeZone } = appointment;
  return {
    id: appointment.id,
    contact_id: appointment.contactId,
    contact: { name, phone },
    service: { id: serviceId, name: appointment.serviceName },
    provider: { id: providerId, name: appointment.providerName },
    location: { id: locationId, name: appointment.locationName, time_zone: timeZone },
    starts_at: appointment.startsAt,
    ends_at: appointment.endsAt,
    busy_until: appointment.busyUntil,
    status: appointment.status,
    amount: presentMoney(appointment.amount),
    currency: appointment.currency,
    treatment_details: appointment.treatmentDetails,
    notes: appointment.notes,
    source: appointment.source,
    cancel_reason: appointment.cancelReason,
    confirmed_at: appointment.confirmedAt,
    completed_at: appointment.completedAt,
    version: appointment.version,
    created_by: appointment.createdBy,
    created_at: appointment.createdAt,
    updated_at: appointment.updatedAt,
  };
}

export function parseNewAppointment(body: View.NewAppointment): NewAppointment {
  const { contact_id, service_id, provider_id, location_id, starts_at, ends_at, status, hours } = body;
  return {
    ...parseAppointmentPatch(body),
    ...withoutUndefined({ endsAt: ends_at, status, hours }),
    contactId: contact_id,
    serviceId: service_id,
    providerId: provider_id,
    locationId: location_id,
    startsAt: starts_at,
  };
}

export function parseAppointmentPatch(body: View.AppointmentPatch): AppointmentFields {
  const { treatment_details: treatmentDetails, notes, source } = body;
  return withoutUndefined({ amount: parseMoney(body.amount), treatmentDetails, notes, source });
}

export function parseReschedule(body: View.Reschedule): NewTime {
  const { starts_at: startsAt, ends_at: endsAt, provider_id: providerId, location_id: locationId, hours } = body;
  return { startsAt, ...withoutUndefined({ endsAt, providerId, locationId, hours }) };
}

/** These bodies may be absent, which a schema would refuse. */
export function parseCompletion(body: unknown): Pick<AppointmentFields, "amount" | "treatmentDetails"> {
  const { amount, treatment_details: details } = objectOf(body) ?? {};
  if (amount !== undefined && typeof amount !== "number" && typeof amount !== "string")
    throw invalid("amount", "amount must be a number");
  const treatmentDetails = details === undefined ? undefined : jsonObjectOf(jsonOf(details));
  if (details !== undefined && treatmentDetails === undefined)
    throw invalid("treatmentDetails", "treatmentDetails must be an object");
  return withoutUndefined({ amount: parseMoney(amount), treatmentDetails });
}

export function parseCancellation(body: unknown): { reason?: string | null } {
  const reason = objectOf(body)?.reason;
  if (reason === undefined) return {};
  if (reason !== null && typeof reason !== "string") throw invalid("reason", "reason must be a text or null");
  return { reason };
}
