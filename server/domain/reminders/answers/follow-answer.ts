import type { Appointment } from "../../appointments/appointment.ts";
import { isOpen } from "../../appointments/appointment-state.ts";
import { confirmAppointment } from "../../appointments/change-status.ts";
import { getAppointment } from "../../appointments/get-appointment.ts";
import { makeMoveTask, settleMoveTask } from "../../appointments/move-task.ts";
import { settleRecovery } from "../../appointments/recovery-task.ts";
import { rescheduleAppointment } from "../../appointments/reschedule-appointment.ts";
import type { BotLanguage } from "../../bot/phrases/phrases-for.ts";
import type { TxCtx } from "../../context.ts";
import { proposalContent, proposedTo } from "../../rebooking/proposal-content.ts";
import { proposeTimes } from "../../rebooking/propose-times.ts";
import type { OutgoingContent } from "../../sends/outgoing-content.ts";
import { queueMessage } from "../../sends/queue-message.ts";
import { visitPhrase } from "../phrases/visit-phrases-for.ts";
import { whenInWords } from "../when-in-words.ts";
import { askTeamToRead } from "./ask-team-to-read.ts";
import { bookChosenTime } from "./book-chosen-time.ts";
import type { ClaimedAnswer } from "./claim-answer.ts";
import { languageSpoken } from "./language-spoken.ts";
import { visitChosenBefore } from "./visit-chosen-before.ts";

/** Does what somebody answered to a reminder, and tells them. */
export async function followAnswer(tx: TxCtx, claimed: ClaimedAnswer): Promise<void> {
  const { answer } = claimed;
  switch (answer.kind) {
    case "confirm":
      return confirm(tx, claimed, await visitMeant(tx, claimed));
    case "reschedule":
      return startMove(tx, claimed);
    case "again":
      return propose(tx, claimed, { visit: await visitAsked(tx, claimed), act: "book", sentence: "choose" });
    case "move":
    case "book":
      return take(tx, claimed, answer);
    case "other":
      return handToTeam(tx, claimed);
    case "unclear":
      return askTeamToRead(tx, claimed, answer.reminderId);
  }
}

/** The time that was chosen is taken, or has passed: the next ones. */
export async function proposeAgain(
  tx: TxCtx,
  claimed: ClaimedAnswer,
  sentence: "taken" | "choose" = "taken",
): Promise<void> {
  const visit = await visitMeant(tx, claimed);
  return propose(tx, claimed, { visit, act: actOf(tx, claimed, visit), sentence });
}

/** A person of the team has to find another time. */
export async function handToTeam(tx: TxCtx, claimed: ClaimedAnswer): Promise<void> {
  const visit = await visitMeant(tx, claimed);
  await makeMoveTask(tx, visit);
  await say(tx, claimed, "weWillWrite", visit);
}

// Whoever confirms what was called off would come for nothing; one that is over wants no answer.
async function confirm(tx: TxCtx, claimed: ClaimedAnswer, visit: Appointment): Promise<void> {
  if (isToCome(tx, visit)) return say(tx, claimed, "confirmed", await confirmAppointment(tx, visit.id));
  if (visit.status === "cancelled" && !hasBegun(tx, visit)) return handToTeam(tx, claimed);
}

async function startMove(tx: TxCtx, claimed: ClaimedAnswer): Promise<void> {
  const visit = await visitMeant(tx, claimed);
  await makeMoveTask(tx, visit);
  if (claimed.isMail) return;
  await propose(tx, claimed, { visit, act: actOf(tx, claimed, visit), sentence: "choose" });
}

type Time = { startsAt: string; providerId: number };

type Choice = { visit: Appointment; time: Time };

async function take(tx: TxCtx, claimed: ClaimedAnswer, time: Time): Promise<void> {
  // Lists of times stay in the chat: somebody may tap on one days later.
  if (hasBegun(tx, time)) return proposeAgain(tx, claimed, "choose");
  const visit = await visitMeant(tx, claimed);
  return actOf(tx, claimed, visit) === "move" ? move(tx, claimed, { visit, time }) : book(tx, claimed, { visit, time });
}

function visitAsked(tx: TxCtx, { appointmentId }: ClaimedAnswer): Promise<Appointment> {
  return getAppointment(tx, appointmentId);
}

/** The visit that was asked about; where that is over or called off, the one that the person has chosen in its place meanwhile. */
async function visitMeant(tx: TxCtx, claimed: ClaimedAnswer): Promise<Appointment> {
  const { answer } = claimed;
  const asked = await visitAsked(tx, claimed);
  if (answer.kind !== "book" && isToCome(tx, asked)) return asked;
  const chosen = await visitChosenBefore(tx, claimed);
  const isSameChoice = chosen && "startsAt" in answer && isAt(chosen, answer);
  return chosen && !isSameChoice ? chosen : asked;
}

function isAt(visit: Appointment, { startsAt, providerId }: Time): boolean {
  return visit.providerId === providerId && Date.parse(visit.startsAt) === Date.parse(startsAt);
}

// What is over or called off is not moved: another visit is booked. What was chosen from a list is moved by another choice from it.
function actOf(tx: TxCtx, { answer, appointmentId }: ClaimedAnswer, visit: Appointment): "move" | "book" {
  return (answer.kind !== "book" || visit.id !== appointmentId) && isToCome(tx, visit) ? "move" : "book";
}

async function move(tx: TxCtx, claimed: ClaimedAnswer, { visit, time }: Choice): Promise<void> {
  const { startsAt, providerId } = time;
  await rescheduleAppointment(tx, visit.id, { startsAt, providerId });
  // Also where the team has put the visit at that time before.
  await settleMoveTask(tx, visit);
  return say(tx, claimed, "moved", await confirmAppointment(tx, visit.id));
}

async function book(tx: TxCtx, claimed: ClaimedAnswer, { visit, time }: Choice): Promise<void> {
  const booked = await bookChosenTime(tx, claimed, time);
  await settleMoveTask(tx, visit);
  await settleRecovery(tx, visit.id);
  return say(tx, claimed, "booked", booked);
}

function isToCome(tx: TxCtx, visit: Appointment): boolean {
  return isOpen(visit.status) && !hasBegun(tx, visit);
}

function hasBegun(tx: TxCtx, { startsAt }: Pick<Appointment, "startsAt">): boolean {
  return Date.parse(startsAt) <= tx.now().getTime();
}

async function propose(
  tx: TxCtx,
  claimed: ClaimedAnswer,
  { visit, act, sentence }: { visit: Appointment; act: "move" | "book"; sentence: "choose" | "taken" },
): Promise<void> {
  const times = await proposeTimes(tx, visit);
  if (times.length === 0) return handToTeam(tx, claimed);
  const language = await languageSpoken(tx, claimed);
  const text = visitPhrase(language, sentence, proposedTo(visit));
  await queue(tx, claimed, proposalContent({ visit, times, act, language, text }));
}

type Sentence = "confirmed" | "moved" | "booked" | "weWillWrite";

async function say(tx: TxCtx, claimed: ClaimedAnswer, sentence: Sentence, visit: Appointment): Promise<void> {
  const language = await languageSpoken(tx, claimed);
  const text = visitPhrase(language, sentence, toldOf(visit, language));
  await queue(tx, claimed, { type: "text", text });
}

function toldOf({ contactName, serviceName, locationName, startsAt, timeZone }: Appointment, language: BotLanguage) {
  const when = whenInWords(startsAt, { timeZone, language });
  return { name: contactName, service: serviceName, location: locationName, when };
}

async function queue(
  tx: TxCtx,
  { conversationId, messageId, isMail }: ClaimedAnswer,
  content: OutgoingContent,
): Promise<void> {
  // A machine that answers mails sooner or later answers another machine: the team writes.
  if (isMail) return;
  await queueMessage(tx, { conversationId, content, origin: "system", onceKey: `reminder-answer:${messageId}` });
}
