import type { BotLanguage } from "../bot/phrases/phrases-for.ts";
import type { Ctx } from "../context.ts";
import type { Purpose, SendDecision, SendOrigin } from "../policy/send-decision.ts";
import type { TemplateNames } from "../reminders/reminder-settings.ts";
import { whatIsRead } from "../sends/content/what-is-read.ts";
import type { OutgoingContent } from "../sends/outgoing-content.ts";
import { type WeighedSend, weighSends } from "../sends/weigh-sends.ts";
import type { ProposedTime } from "./pick-times.ts";
import { mailContent, proposalContent, templateContent, timesInWords, type VisitOfPerson } from "./proposal-content.ts";
import { type ProposalMeans, proposalMeans } from "./proposal-means.ts";

export type WantedProposal = {
  visit: VisitOfPerson;
  times: ProposedTime[];
  language: BotLanguage;
  /** What is said above the times, in free words and by mail. */
  sentence: string;
};

export type ProposalRules = {
  templates: TemplateNames;
  /** The company's language, for the template. */
  locale: string;
  origin: SendOrigin;
  /** What a mail of this kind is for; a template says so itself. */
  mailPurpose: Purpose;
  /** This channel and no other. */
  channelAccountId?: number | undefined;
};

export type ProposalWay = "text" | "template" | "mail";

/** What would leave now, and what the policy says of it. */
export type PlannedProposal = {
  by: ProposalWay;
  send: ProposalSend;
  /** Of the words: a template has its own. */
  language: string;
  /** With the times, as somebody would read it. */
  text: string;
  times: ProposedTime[];
  decision: SendDecision;
};

export type ProposalSend = {
  contactId: number;
  channelAccountId: number;
  content: OutgoingContent;
  origin: SendOrigin;
  purpose?: Purpose;
};

/**
 * By what each proposal goes now: as a list to choose from inside the window, by template outside, by mail where WhatsApp does not take
 * it. The one place that decides this, for what is shown and for what is sent. Undefined: nothing is connected that could take it.
 */
export async function planProposals(
  ctx: Ctx,
  proposals: WantedProposal[],
  rules: ProposalRules,
): Promise<Map<WantedProposal, PlannedProposal>> {
  if (proposals.length === 0) return new Map();
  const { templates, channelAccountId } = rules;
  const contactIds = proposals.map(({ visit }) => visit.contactId);
  const means = await proposalMeans(ctx, { contactIds, templates, channelAccountId });
  const plans = await weighed(ctx, proposals, (proposal) => byWhatsapp(proposal, means, rules));
  const unreached = proposals.filter((proposal) => mayTryMail(plans.get(proposal)?.decision));
  const mails = await weighed(ctx, unreached, (proposal) => byMail(proposal, means, rules));
  for (const [proposal, mail] of mails) plans.set(proposal, betterOf(plans.get(proposal), mail));
  return plans;
}

async function weighed(
  ctx: Ctx,
  proposals: WantedProposal[],
  sendOf: (proposal: WantedProposal) => ProposalSend | undefined,
): Promise<Map<WantedProposal, PlannedProposal>> {
  const wanted = proposals.flatMap((proposal) => {
    const send = sendOf(proposal);
    return send ? [{ ...send, proposal }] : [];
  });
  if (wanted.length === 0) return new Map();
  return new Map((await weighSends(ctx, wanted)).map((each) => [each.send.proposal, plannedOf(each)]));
}

function plannedOf(weighedSend: WeighedSend<ProposalSend & { proposal: WantedProposal }>): PlannedProposal {
  const { send: whole, decision, template } = weighedSend;
  const { proposal, ...send } = whole;
  const { sentence, times, visit, language } = proposal;
  const { content } = send;
  switch (content.type) {
    case "template": {
      const text = whatIsRead(content, template?.components ?? null).text ?? "";
      return { by: "template", send, language: content.language.split(/[-_]/, 1)[0] ?? "", text, times, decision };
    }
    case "email":
      return { by: "mail", send, language, text: content.text, times, decision };
    default: {
      const text = `${sentence}\n${timesInWords(times, visit.timeZone, language)}`;
      return { by: "text", send, language, text, times, decision };
    }
  }
}

function byWhatsapp(
  proposal: WantedProposal,
  { numbers, windows }: ProposalMeans,
  { templates, locale, origin }: ProposalRules,
): ProposalSend | undefined {
  const { visit, language, sentence } = proposal;
  const { contactId, lastAccountId } = visit;
  const windowed = windows.get(contactId);
  const found =
    windowed === undefined ? templateContent(proposal, { numbers, templates, locale, lastAccountId }) : undefined;
  const channelAccountId = windowed ?? found?.accountId ?? numbers[0]?.accountId;
  if (channelAccountId === undefined) return undefined;
  // Without a template the policy refuses the list, and says what could be done instead.
  const content = found?.content ?? proposalContent({ ...proposal, act: "book", language, text: sentence });
  return { contactId, channelAccountId, content, origin };
}

function byMail(
  proposal: WantedProposal,
  { mailAccountId, addresses }: ProposalMeans,
  { origin, mailPurpose: purpose, channelAccountId: named }: ProposalRules,
): ProposalSend | undefined {
  const { contactId } = proposal.visit;
  const address = addresses.get(contactId);
  if (mailAccountId === null || (address === undefined && named === undefined)) return undefined;
  const content = mailContent(proposal, address);
  return { contactId, channelAccountId: mailAccountId, content, origin, purpose };
}

// Who asked not to be written to, or not to be advertised to, means it; everything else is WhatsApp's trouble alone.
function mayTryMail(decision: SendDecision | undefined): boolean {
  if (!decision) return true;
  if (decision.outcome !== "refused") return false;
  return !["do_not_contact", "opted_out", "marketing_opted_out"].includes(decision.obstacle);
}

/** Where neither may leave, WhatsApp's refusal stays, with what stands in the mail's way. */
function betterOf(whatsapp: PlannedProposal | undefined, mail: PlannedProposal): PlannedProposal {
  if (!whatsapp || mail.decision.outcome !== "refused") return mail;
  const { decision } = whatsapp;
  return { ...whatsapp, decision: { ...decision, reason: `${decision.reason} By e-mail: ${mail.decision.reason}` } };
}
