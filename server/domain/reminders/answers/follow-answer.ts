import type { Appointment } from "../../appointments/appointment.ts";
import { confirmAppointment } from "../../appointments/change-status.ts";
import { getAppointment } from "../../appointments/get-appointment.ts";
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
import { makeMoveTask, settleMoveTask } from "./move-task.ts";

/** Does what somebody answered to a reminder, and tells them. */
export async function followAnswer(tx: TxCtx, claimed: ClaimedAnswer): Promise<void> {
  const { appointmentId, answer } = claimed;
  switch (answer.kind) {
    case "confirm": {
      const visit = await confirmAppointment(tx, appointmentId);
      return say(tx, claimed, "confirmed", visit);
    }
    case "reschedule":
      return startMove(tx, claimed);
    case "again":
      return propose(tx, claimed, { act: "book", sentence: "choose" });
    case "move": {
      const before = await getAppointment(tx, appointmentId);
      const { startsAt, providerId } = answer;
      await rescheduleAppointment(tx, appointmentId, { startsAt, providerId });
      await settleMoveTask(tx, before);
      return say(tx, claimed, "moved", await confirmAppointment(tx, appointmentId));
    }
    case "book":
      return say(tx, claimed, "booked", await bookChosenTime(tx, claimed, answer));
    case "other":
      return handToTeam(tx, claimed);
    case "unclear":
      return askTeamToRead(tx, claimed, answer.reminderId);
  }
}

/** The time that was chosen is taken: the next ones. */
export async function proposeAgain(tx: TxCtx, claimed: ClaimedAnswer): Promise<void> {
  const act = claimed.answer.kind === "book" ? "book" : "move";
  return propose(tx, claimed, { act, sentence: "taken" });
}

/** A person of the team has to find another time. */
export async function handToTeam(tx: TxCtx, claimed: ClaimedAnswer): Promise<void> {
  const visit = await getAppointment(tx, claimed.appointmentId);
  await makeMoveTask(tx, visit);
  await say(tx, claimed, "weWillWrite", visit);
}

async function startMove(tx: TxCtx, claimed: ClaimedAnswer): Promise<void> {
  await makeMoveTask(tx, await getAppointment(tx, claimed.appointmentId));
  if (claimed.isMail) return;
  await propose(tx, claimed, { act: "move", sentence: "choose" });
}

async function propose(
  tx: TxCtx,
  claimed: ClaimedAnswer,
  { act, sentence }: { act: "move" | "book"; sentence: "choose" | "taken" },
): Promise<void> {
  const visit = await getAppointment(tx, claimed.appointmentId);
  const times = await proposeTimes(tx, visit);
  if (times.length === 0) return handToTeam(tx, claimed);
  const language = await languageSpoken(tx, claimed);
  const told = proposedTo(visit);
  await queue(
    tx,
    claimed,
    proposalContent({ visit, times, act, language, text: visitPhrase(language, sentence, told) }),
  );
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
