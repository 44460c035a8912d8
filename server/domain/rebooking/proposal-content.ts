import type { BotLanguage } from "../bot/phrases/phrases-for.ts";
import type { MailAddress } from "../email/mail-address.ts";
import { answerPayload } from "../reminders/answer-payload.ts";
import { fillTemplate } from "../reminders/fill-template.ts";
import { spokenOf, visitPhrase } from "../reminders/phrases/visit-phrases-for.ts";
import type { TemplateNames } from "../reminders/reminder-settings.ts";
import { templateFor, type UsableNumber } from "../reminders/usable-templates.ts";
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

export type VisitOfPerson = ProposedVisit & {
  contactId: number;
  firstName: string;
  providerName: string;
  lastAccountId: number | null;
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

type Templates = { numbers: UsableNumber[]; templates: TemplateNames; locale: string; lastAccountId: number | null };

/** The company's template with the times in it, on the number that has it; undefined where there is none, or it asks for more. */
export function templateContent(
  { visit, times, language }: Pick<Proposal, "times" | "language"> & { visit: VisitOfPerson },
  { numbers, templates, locale, lastAccountId }: Templates,
): { accountId: number; content: OutgoingContent } | undefined {
  const found = templateFor(numbers, templates, { lastAccountId, languages: [language, locale] });
  if (!found) return undefined;
  const { template, accountId } = found;
  const { contactName, firstName, serviceName, providerName, locationName, timeZone, id } = visit;
  const components = fillTemplate(template.components, {
    values: {
      name: contactName,
      first_name: firstName || (contactName.split(" ", 1)[0] ?? ""),
      service: serviceName,
      times: timesInWords(times, timeZone, spokenOf(template.language)),
      location: locationName,
      provider: providerName,
    },
    order: ["first_name", "service", "times", "location", "provider"],
    payloads: [answerPayload(id, { kind: "again" })],
  });
  if (!components) return undefined;
  const { name, language: tag } = template;
  return { accountId, content: { type: "template", name, language: tag, components } };
}

/** As a mail, whose answer a person reads. Without an address the policy refuses it. */
export function mailContent(
  { visit, times, language, sentence }: Pick<Proposal, "visit" | "times" | "language"> & { sentence: string },
  to: MailAddress | undefined,
): OutgoingContent {
  const { timeZone } = visit;
  const lines = times.map(({ startsAt }) => `– ${whenInWords(startsAt, { timeZone, language })}`).join("\n");
  return {
    type: "email",
    subject: visitPhrase(language, "proposalSubject", proposedTo(visit)),
    text: [sentence, lines, visitPhrase(language, "answerMail")].join("\n\n"),
    html: null,
    to: to ? [to] : [],
    cc: [],
    bcc: [],
    inReplyToMessageId: null,
    attachmentIds: [],
    leadId: null,
  };
}

export function proposedTo({ contactName, serviceName, locationName }: ProposedVisit) {
  return { name: contactName, service: serviceName, location: locationName };
}

/** The same times in a sentence. */
export function timesInWords(times: ProposedTime[], timeZone: string, language: BotLanguage): string {
  return times.map(({ startsAt }) => whenInWords(startsAt, { timeZone, language })).join("; ");
}
