import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { lockProvider } from "../booking/list-providers.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { lockRecord } from "../customers/lock-record.ts";
import { DomainError, notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { reachArgs } from "../reach/reach.ts";
import type { Appointment } from "./appointment.ts";
import { dropConfirmation } from "./appointment-tasks.ts";
import { getAppointment } from "./get-appointment.ts";
import { lockAppointment, personOf } from "./lock-appointment.ts";
import { settleGone, settleVisit } from "./settle-visit.ts";

export async function deleteAppointment(ctx: Ctx, id: number, options: { ifVersion?: number } = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const appointment = await lockAppointment(tx, id, { ...options, whose: "anybody" });
    await tx.tx.run(markDeleted({ companyId: tx.companyId, id, now: tx.now().toISOString() }));
    const { contactId, status, startsAt, timeZone, serviceName: service } = appointment;
    const subject = { kind: "appointment", id } as const;
    const before = { status, startsAt, service };
    await recordEvent(tx, { type: "appointment.deleted", subject, contactId, before, data: { timeZone } });
    await settleGone(tx, appointment);
    await dropConfirmation(tx, id);
  });
}

/** Brings a deleted visit back, refused where its time is taken by now; one that was not deleted stays as it is. */
export async function restoreAppointment(ctx: Ctx, id: number): Promise<Appointment> {
  return ctx.transact(async (tx) => {
    const owner = await tx.tx.first(personOf({ companyId: tx.companyId, appointmentId: id, ...reachArgs(tx) }));
    if (!owner) throw notFound("appointment", id);
    await lockRecord(tx, owner.contactId);
    await lockProviderOf(tx, id);
    const restored = await tx.tx
      .run(markRestored({ companyId: tx.companyId, id, now: tx.now().toISOString() }))
      .catch(conflictWhereTaken);
    const appointment = await getAppointment(tx, id);
    if (restored === 0) return appointment;
    const { contactId } = appointment;
    await recordEvent(tx, { type: "appointment.restored", subject: { kind: "appointment", id }, contactId });
    await settleVisit(tx, appointment);
    return appointment;
  });
}

async function lockProviderOf(tx: TxCtx, id: number): Promise<void> {
  const row = await tx.tx.first(providerOf({ companyId: tx.companyId, id }));
  if (row) await lockProvider(tx, row.providerId);
}

function conflictWhereTaken(error: unknown): never {
  const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  if (constraint !== "appointments_provider_time_excl") throw error;
  throw new DomainError({ kind: "conflict", message: "The provider has another appointment at this time." });
}

const providerOf = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ providerId: number }>`
    select provider_id as "providerId" from appointments
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const markDeleted = prepared<{ companyId: number; id: number; now: string }>()(
  (_db, arg) => sql<never>`
    update appointments set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const markRestored = prepared<{ companyId: number; id: number; now: string }>()(
  (_db, arg) => sql<never>`
    update appointments set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and deleted_at is not null`,
);
