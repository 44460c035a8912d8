import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { lockRecordOfAnybody } from "../customers/lock-record.ts";
import { DomainError, notFound } from "../domain-error.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { requireVersion } from "../require-version.ts";
import type { Appointment } from "./appointment.ts";
import { getAppointment } from "./get-appointment.ts";

type Options = {
  ifVersion?: number | undefined;
  /** A deleted person's visit can be called off; whoever does more with it brings the person back first. */
  whose?: "living" | "anybody";
};

/**
 * The visit and its person's record, held until the transaction ends. Everybody takes them in this order (person, record, provider,
 * visit), so that two acts on one person wait and never lock each other out.
 */
export async function lockAppointment(
  tx: TxCtx,
  appointmentId: number,
  { ifVersion, whose = "living" }: Options = {},
): Promise<Appointment> {
  const owner = await tx.tx.first(personOf({ companyId: tx.companyId, appointmentId, ...reachArgs(tx) }));
  if (!owner) throw notFound("appointment", appointmentId);
  const { isDeleted } = await lockRecordOfAnybody(tx, owner.contactId);
  if (isDeleted && whose === "living")
    throw conflict("The person of this appointment was deleted. Restore them, or cancel it.");
  await tx.tx.first(forUpdate({ companyId: tx.companyId, appointmentId }));
  const appointment = await getAppointment(tx, appointmentId);
  if (appointment.contactId !== owner.contactId)
    throw conflict("The appointment was just given to another person; try again.");
  requireVersion("appointment", appointment.version, ifVersion);
  return appointment;
}

function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}

type ById = { companyId: number; appointmentId: number };

/** Deleted ones too, which come back by their restore. Of people out of reach none: its refusal would say that there is one. */
export const personOf = prepared<ById & ReachArgs>()(
  (_db, arg) => sql<{ contactId: number }>`
    select contact_id as "contactId" from appointments
    where company_id = ${arg("companyId")}::bigint and id = ${arg("appointmentId")}::bigint
      and ${personInReachSql(arg, { companyId: sql`appointments.company_id`, contactId: sql`appointments.contact_id` })}`,
);

const forUpdate = prepared<ById>()(
  (_db, arg) => sql<{ id: number }>`
    select id from appointments
    where company_id = ${arg("companyId")}::bigint and id = ${arg("appointmentId")}::bigint for update`,
);
