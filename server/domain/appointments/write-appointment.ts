import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import type { Appointment } from "./appointment.ts";

type Fields = Pick<
  Appointment,
  | "serviceId"
  | "providerId"
  | "locationId"
  | "startsAt"
  | "endsAt"
  | "busyUntil"
  | "status"
  | "amount"
  | "notes"
  | "source"
  | "cancelReason"
  | "confirmedAt"
  | "completedAt"
  | "sequence"
> & { treatmentDetails: object };

export type NewRow = Omit<Fields, "cancelReason" | "completedAt" | "sequence"> &
  Pick<Appointment, "contactId" | "currency" | "createdBy">;

/** Refused where the provider has somebody else in that time; the constraint decides, whatever was looked at before. */
export async function insertAppointment(tx: TxCtx, row: NewRow): Promise<number> {
  const treatmentDetails = JSON.stringify(row.treatmentDetails);
  const args = { ...row, treatmentDetails, companyId: tx.companyId, now: tx.now().toISOString() };
  const inserted = await tx.tx.first(insertRow(args));
  if (!inserted) throw taken();
  return inserted.id;
}

export async function writeAppointment(tx: TxCtx, appointment: Appointment): Promise<void> {
  await tx.tx.run(updateRow(writeOf(tx, appointment))).catch((error: unknown) => {
    const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
    throw constraint === "appointments_provider_time_excl" ? taken() : error;
  });
}

function writeOf(tx: TxCtx, appointment: Appointment): Write {
  const treatmentDetails = JSON.stringify(appointment.treatmentDetails);
  return { ...appointment, treatmentDetails, companyId: tx.companyId, now: tx.now().toISOString() };
}

function taken(): DomainError {
  const message = "The provider has another appointment at this time.";
  return new DomainError({ kind: "conflict", message });
}

type Insert = Omit<NewRow, "treatmentDetails"> & { treatmentDetails: string; companyId: number; now: string };

const insertRow = prepared<Insert>()(
  (_db, arg) => sql<{ id: number }>`
    insert into appointments (company_id, contact_id, service_id, provider_id, location_id, starts_at, ends_at, busy_until, status, amount,
      currency, treatment_details, notes, source, confirmed_at, created_by, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("serviceId")}::bigint, ${arg("providerId")}::bigint,
      ${arg("locationId")}::bigint, ${arg("startsAt")}::timestamptz, ${arg("endsAt")}::timestamptz, ${arg("busyUntil")}::timestamptz,
      ${arg("status")}::text, ${arg("amount")}::numeric, ${arg("currency")}::text, ${arg("treatmentDetails")}::jsonb, ${arg("notes")}::text,
      ${arg("source")}::text, ${arg("confirmedAt")}::timestamptz, ${arg("createdBy")}::bigint, ${arg("now")}::timestamptz,
      ${arg("now")}::timestamptz)
    on conflict on constraint appointments_provider_time_excl do nothing
    returning id`,
);

type Write = Omit<Fields, "treatmentDetails"> & {
  id: number;
  treatmentDetails: string;
  companyId: number;
  now: string;
};

const updateRow = prepared<Write>()(
  (_db, arg) => sql<never>`
    update appointments set service_id = ${arg("serviceId")}::bigint, provider_id = ${arg("providerId")}::bigint,
      location_id = ${arg("locationId")}::bigint, starts_at = ${arg("startsAt")}::timestamptz, ends_at = ${arg("endsAt")}::timestamptz,
      busy_until = ${arg("busyUntil")}::timestamptz, status = ${arg("status")}::text, amount = ${arg("amount")}::numeric,
      treatment_details = ${arg("treatmentDetails")}::jsonb, notes = ${arg("notes")}::text, source = ${arg("source")}::text,
      cancel_reason = ${arg("cancelReason")}::text, confirmed_at = ${arg("confirmedAt")}::timestamptz,
      completed_at = ${arg("completedAt")}::timestamptz, sequence = ${arg("sequence")}::int, version = version + 1,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
