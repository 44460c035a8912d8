import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";

export const appointmentStatuses = ["booked", "confirmed", "completed", "cancelled", "no_show"] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

export type Appointment = {
  id: number;
  contactId: number;
  serviceId: number;
  providerId: number;
  locationId: number;
  startsAt: string;
  endsAt: string;
  /** Until when the provider is taken: the end with the service's buffer. */
  busyUntil: string;
  status: AppointmentStatus;
  amount: string;
  currency: string;
  treatmentDetails: JsonObject;
  notes: string | null;
  source: string | null;
  cancelReason: string | null;
  confirmedAt: string | null;
  completedAt: string | null;
  sequence: number;
  version: number;
  createdBy: number | null;
  createdAt: string;
  updatedAt: string;
  contactName: string;
  contactPhone: string | null;
  serviceName: string;
  providerName: string;
  locationName: string;
  timeZone: string;
};

export const appointmentColumns: RawBuilder<unknown> = sql`
  a.id, a.contact_id as "contactId", a.service_id as "serviceId", a.provider_id as "providerId", a.location_id as "locationId",
  a.starts_at as "startsAt", a.ends_at as "endsAt", a.busy_until as "busyUntil", a.status, trim_scale(a.amount) as amount, a.currency,
  a.treatment_details as "treatmentDetails", a.notes, a.source, a.cancel_reason as "cancelReason", a.confirmed_at as "confirmedAt",
  a.completed_at as "completedAt", a.sequence, a.version, a.created_by as "createdBy", a.created_at as "createdAt",
  a.updated_at as "updatedAt", c.name as "contactName", c.phone as "contactPhone", s.name as "serviceName", p.name as "providerName",
  l.name as "locationName", l.time_zone as "timeZone"`;

export const appointmentSource: RawBuilder<unknown> = sql`
  appointments a left join contacts c on c.company_id = a.company_id and c.id = a.contact_id
  left join services s on s.company_id = a.company_id and s.id = a.service_id
  left join providers p on p.company_id = a.company_id and p.id = a.provider_id
  left join locations l on l.company_id = a.company_id and l.id = a.location_id`;
