import type { BotLanguage } from "../bot/phrases/phrases-for.ts";
import { answerPayload } from "../reminders/answer-payload.ts";
import { visitPhrase } from "../reminders/phrases/visit-phrases-for.ts";
import { whenInWords } from "../reminders/when-in-words.ts";
import type { OutgoingContent } from "../sends/outgoing-content.ts";
import type { ProposedTime } from "./pick-times.ts";

export type ProposedVisit = {
  id: number;
  contactName: string;
  serviceName: string;
  locationName: string;
  timeZone: string;
};

type Proposal = {
  visit: ProposedVisit;
  times: ProposedTime[];
  /** A choice moves the visit, or books another one. */
  act: "move" | "book";
  language: BotLanguage;
  text: string;
};

/** Times to choose from, as a list of WhatsApp's (inside the window); their ids say what a choice does. */
export function proposalContent({ visit, times, act, language, text }: Proposal): OutgoingContent {
  const { id, serviceName, timeZone } = visit;
  const rows = times.map(({ startsAt, providerId }) => ({
    id: answerPayload(id, { kind: act, startsAt, providerId }),
    title: whenInWords(startsAt, { timeZone, language, style: "short" }).slice(0, 24),
    description: serviceName.slice(0, 72),
  }));
  const other = { id: answerPayload(id, { kind: "other" }), title: visitPhrase(language, "otherTime").slice(0, 24) };
  const button = visitPhrase(language, "chooseButton").slice(0, 20);
  const sections = [{ rows: [...rows, other] }];
  return { type: "interactive", interactive: { kind: "list", body: text.slice(0, 1024), button, sections } };
}

export function proposedTo({ contactName, serviceName, locationName }: ProposedVisit) {
  return { name: contactName, service: serviceName, location: locationName };
}

/** The same times in a sentence. */
export function timesInWords(times: ProposedTime[], timeZone: string, language: BotLanguage): string {
  return times.map(({ startsAt }) => whenInWords(startsAt, { timeZone, language })).join("; ");
}
