import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { createTask } from "../tasks/create-task.ts";
import { findTaskByOrigin } from "../tasks/get-task.ts";
import type { Task } from "../tasks/task.ts";
import { completeTask, updateTask } from "../tasks/update-task.ts";
import type { Appointment } from "./appointment.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Somebody asks the person whether they come; once a visit, however often it is moved. */
export async function makeConfirmation(tx: TxCtx, appointment: Appointment): Promise<void> {
  const { id, contactId, serviceName } = appointment;
  const { provider, owner } = await peopleOf(tx, appointment);
  await createTask(tx, {
    originKey: confirmationKey(id),
    appointmentId: id,
    contactId,
    title: `Confirm appointment: ${serviceName}`,
    description: describe(appointment),
    taskType: "appointment_scheduled",
    priority: "high",
    dueAt: confirmBy(tx, appointment),
    assigneeUserId: owner ?? provider,
  });
}

/** The person said that they come, or came. */
export async function settleConfirmation(tx: TxCtx, appointmentId: number): Promise<void> {
  const task = await openConfirmation(tx, appointmentId);
  if (task) await completeTask(tx, task.id);
}

/** Nobody has to ask any more. */
export async function dropConfirmation(tx: TxCtx, appointmentId: number): Promise<void> {
  const task = await openConfirmation(tx, appointmentId);
  if (task) await updateTask(tx, task.id, { status: "cancelled" });
}

/** A new time is to be confirmed anew. */
export async function renewConfirmation(tx: TxCtx, appointment: Appointment): Promise<void> {
  const task = await findTaskByOrigin(tx, confirmationKey(appointment.id));
  if (!task) return makeConfirmation(tx, appointment);
  if (await isDeleted(tx, task.id)) return;
  await updateTask(tx, task.id, {
    status: "todo",
    dueAt: confirmBy(tx, appointment),
    title: `Confirm appointment: ${appointment.serviceName}`,
    description: describe(appointment),
  });
}

/** A week after the visit somebody asks how it went; once, also when it is completed again. Older visits are only written down. */
export async function makeFollowUp(tx: TxCtx, appointment: Appointment): Promise<void> {
  const { id, contactId, serviceName, startsAt, endsAt } = appointment;
  if (Date.parse(endsAt) < tx.now().getTime() - 7 * dayMs) return;
  if (await tx.db.first(laterVisit({ companyId: tx.companyId, contactId, startsAt }))) return;
  const { provider, owner } = await peopleOf(tx, appointment);
  await createTask(tx, {
    originKey: `appointment:${id}:follow_up`,
    appointmentId: id,
    contactId,
    title: `Follow up: ${serviceName}`,
    description: describe(appointment),
    taskType: "follow_up",
    priority: "medium",
    dueAt: new Date(tx.now().getTime() + 7 * dayMs).toISOString(),
    assigneeUserId: owner ?? provider,
  });
}

function confirmationKey(appointmentId: number): string {
  return `appointment:${appointmentId}:confirm`;
}

// A day before, or soon where it is booked later than that.
function confirmBy(tx: TxCtx, { startsAt }: Appointment): string {
  return new Date(Math.max(soon(tx, startsAt), Date.parse(startsAt) - dayMs)).toISOString();
}

/** For what somebody should do at once. */
export function dueSoon(tx: TxCtx, { startsAt }: Pick<Appointment, "startsAt">): string {
  return new Date(soon(tx, startsAt)).toISOString();
}

// In an hour, or half of what is left until the visit: a task is not born overdue.
function soon(tx: TxCtx, startsAt: string): number {
  const now = tx.now().getTime();
  const leftMs = Date.parse(startsAt) - now;
  return now + (leftMs > 0 ? Math.min(hourMs, leftMs / 2) : hourMs);
}

export function describe({ startsAt, timeZone, providerName, locationName }: Appointment): string {
  const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone });
  return `${clock.format(Date.parse(startsAt))} (${timeZone}), ${providerName}, ${locationName}`;
}

async function openConfirmation(tx: TxCtx, appointmentId: number) {
  return openTask(tx, confirmationKey(appointmentId));
}

/** The task of this origin, unless it is over or gone. */
export async function openTask(tx: TxCtx, originKey: string) {
  const task = await keptTask(tx, originKey);
  return task && isUnderWay(task) ? task : undefined;
}

/** The task of this origin that is over, unless it is gone. */
export async function finishedTask(tx: TxCtx, originKey: string) {
  const task = await keptTask(tx, originKey);
  return task && !isUnderWay(task) ? task : undefined;
}

function isUnderWay({ status }: Task): boolean {
  return ["backlog", "todo", "in_progress"].includes(status);
}

async function keptTask(tx: TxCtx, originKey: string): Promise<Task | undefined> {
  const task = await findTaskByOrigin(tx, originKey);
  return !task || (await isDeleted(tx, task.id)) ? undefined : task;
}

async function isDeleted(tx: TxCtx, taskId: number): Promise<boolean> {
  return (await tx.db.first(livingTask({ companyId: tx.companyId, taskId }))) === undefined;
}

/** Who gives the visit, and whose person it is. */
export async function peopleOf(tx: TxCtx, { contactId, providerId }: Pick<Appointment, "contactId" | "providerId">) {
  const people = await tx.db.first(responsible({ companyId: tx.companyId, contactId, providerId }));
  return people ?? { provider: null, owner: null };
}

const livingTask = prepared<{ companyId: number; taskId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from tasks where company_id = ${arg("companyId")}::bigint and id = ${arg("taskId")}::bigint and deleted_at is null`,
);

const laterVisit = prepared<{ companyId: number; contactId: number; startsAt: string }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from appointments
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint and deleted_at is null
      and status = 'completed' and starts_at > ${arg("startsAt")}::timestamptz limit 1`,
);

const responsible = prepared<{ companyId: number; contactId: number; providerId: number }>()(
  (_db, arg) => sql<{ provider: number | null; owner: number | null }>`
    select (select user_id from providers where company_id = ${arg("companyId")}::bigint and id = ${arg("providerId")}::bigint) as provider,
      (select owner_user_id from contacts where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint) as owner`,
);
