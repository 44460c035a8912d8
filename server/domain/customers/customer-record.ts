import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";

export const customerStatuses = ["new", "contacted", "qualified", "active", "inactive", "vip"] as const;
export type CustomerStatus = (typeof customerStatuses)[number];

/** What a person is to the house. Everybody has one; it is written down with their first visit, edit, or when they become a customer. */
export type CustomerRecord = VisitStatistics & {
  contactId: number;
  customerStatus: CustomerStatus;
  notes: string | null;
  preferences: JsonObject;
  followUpAfterDays: number | null;
  ownerUserId: number | null;
  lastContactedAt: string | null;
  /** The earliest booked or confirmed visit that is still to come. */
  nextAppointmentAt: string | null;
  loyaltyPoints: number;
  loyaltyEarned: number;
  version: number;
  updatedAt: string;
};

export type VisitStatistics = {
  appointmentsTotal: number;
  appointmentsCompleted: number;
  appointmentsCancelled: number;
  appointmentsMissed: number;
  lifetimeValue: string;
  firstVisitAt: string | null;
  lastVisitAt: string | null;
  averageGapDays: number | null;
  expectedNextVisitOn: string | null;
  medianGapDays: number | null;
  gapDeviationDays: number | null;
  dueFromOn: string | null;
  dueUntilOn: string | null;
};

/** n − 1 visits after the first; nobody has come again who came never. */
export function repeatCountOf({ appointmentsCompleted }: { appointmentsCompleted: number }): number {
  return Math.max(0, appointmentsCompleted - 1);
}

export const statisticsColumns: RawBuilder<unknown> = sql`
  coalesce(r.appointments_total, 0) as "appointmentsTotal", coalesce(r.appointments_completed, 0) as "appointmentsCompleted",
  coalesce(r.appointments_cancelled, 0) as "appointmentsCancelled", coalesce(r.appointments_missed, 0) as "appointmentsMissed",
  trim_scale(coalesce(r.lifetime_value, 0)) as "lifetimeValue", r.first_visit_at as "firstVisitAt", r.last_visit_at as "lastVisitAt",
  r.average_gap_days as "averageGapDays", r.expected_next_visit_on as "expectedNextVisitOn",
  r.median_gap_days::float8 as "medianGapDays", r.gap_deviation_days::float8 as "gapDeviationDays",
  r.due_from_on as "dueFromOn", r.due_until_on as "dueUntilOn"`;
