import { bookAppointment } from "../domain/appointments/book-appointment.ts";
import {
  cancelAppointment,
  completeAppointment,
  confirmAppointment,
  markNoShow,
} from "../domain/appointments/change-status.ts";
import { inTransaction, type TxCtx } from "../domain/context.ts";
import { findTaskByOrigin } from "../domain/tasks/get-task.ts";
import { completeTask } from "../domain/tasks/update-task.ts";
import { createOffer, type DemoOffer } from "./demo-offer.ts";
import { type DemoPerson, day, hour } from "./demo-person.ts";
import type { DemoPlan } from "./demo-plan.ts";

/** The clinic's patients come and come again. By the product's own commands, each on its own day, so that records, points and tasks follow. */
export async function playVisits(tx: TxCtx, plan: DemoPlan, people: DemoPerson[]): Promise<void> {
  const offer = await createOffer(tx, plan.users[2]);
  const taken = new Set<string>();
  const patients = people.filter(({ kind, stage }) => kind === "clinic" && comes.includes(stage));
  for (const person of patients) await playPatient(tx, plan, { person, offer, taken });
}

const comes: DemoPerson["stage"][] = ["customer", "opportunity", "sales_qualified"];

type Patient = { person: DemoPerson; offer: DemoOffer; taken: Set<string> };

async function playPatient(tx: TxCtx, plan: DemoPlan, patient: Patient): Promise<void> {
  const { random, now } = plan;
  const { stage, createdAt } = patient.person;
  const rhythm = random.between(8, 20);
  if (stage === "customer") {
    for (let at = createdAt.getTime() + 4 * day; at < now.getTime() - day; at += (rhythm + random.between(-2, 2)) * day)
      await playPast(tx, plan, patient, at);
  }
  if (random.chance(0.45)) await bookNext(tx, plan, patient);
}

async function playPast(tx: TxCtx, plan: DemoPlan, patient: Patient, near: number): Promise<void> {
  const { random, now } = plan;
  const startsAt = freeTime(plan, patient.taken, near);
  if (startsAt.getTime() > now.getTime() - day) return;
  const bookedAt = new Date(Math.max(patient.person.createdAt.getTime() + hour, startsAt.getTime() - 4 * day));
  const { id } = await bookAppointment(on(tx, bookedAt), visit(plan, patient, startsAt));
  const end = new Date(startsAt.getTime() + hour);
  const fate = random.between(1, 12);
  if (fate === 1) return void (await markNoShow(on(tx, end), id));
  if (fate === 2) return void (await cancelAppointment(on(tx, new Date(startsAt.getTime() - hour)), id));
  await completeAppointment(on(tx, end), id);
  const asked = new Date(end.getTime() + 7 * day);
  const followUp = await findTaskByOrigin(tx, `appointment:${id}:follow_up`);
  if (followUp && asked < now) await completeTask(on(tx, asked), followUp.id);
}

async function bookNext(tx: TxCtx, plan: DemoPlan, patient: Patient): Promise<void> {
  const { random, now } = plan;
  const startsAt = freeTime(plan, patient.taken, now.getTime() + random.between(1, 16) * day);
  const bookedAt = new Date(Math.max(patient.person.createdAt.getTime() + hour, now.getTime() - 2 * day));
  if (bookedAt >= now) return;
  const { id } = await bookAppointment(on(tx, bookedAt), visit(plan, patient, startsAt));
  if (random.chance(0.4)) await confirmAppointment(on(tx, new Date(now.getTime() - hour)), id);
}

function on(tx: TxCtx, at: Date): TxCtx {
  return inTransaction({ ...tx, now: () => at }, tx.tx);
}

function visit(plan: DemoPlan, { person, offer }: Patient, startsAt: Date) {
  return {
    contactId: person.id,
    serviceId: plan.random.pick(offer.serviceIds),
    providerId: plan.random.pick(offer.providerIds),
    locationId: offer.locationId,
    startsAt: startsAt.toISOString(),
    // A Friday afternoon belongs to the other place; the demo does not mind.
    hours: "any" as const,
  };
}

/** A full hour of a weekday that nobody has yet; at ten and at three on the clinic's clock, more or less. */
function freeTime({ random }: DemoPlan, taken: Set<string>, near: number): Date {
  for (let tries = 0; ; tries += 1) {
    const at = new Date(near + Math.floor(tries / 4) * day);
    at.setUTCHours(random.pick([8, 9, 10, 13, 14, 15]), 0, 0, 0);
    const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
    const key = at.toISOString();
    if (isWeekend || taken.has(key)) continue;
    taken.add(key);
    return at;
  }
}
