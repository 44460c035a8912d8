import { getSettings } from "../accounts/company-settings.ts";
import type { Ctx } from "../context.ts";
import type { SendOrigin } from "../policy/send-decision.ts";
import { spokenOf, visitPhrase } from "../reminders/phrases/visit-phrases-for.ts";
import { getReminderSettings } from "../reminders/reminder-settings.ts";
import type { ProposedTime } from "./pick-times.ts";
import { type PlannedProposal, type ProposalWay, planProposals, type WantedProposal } from "./plan-proposals.ts";
import { proposedTo } from "./proposal-content.ts";
import { timesFor } from "./propose-times.ts";
import { type UsualVisit, usualVisits } from "./usual-visit.ts";

/** What a message to somebody whose time has come says if it is sent now. */
export type RebookingProposal = {
  usual: UsualVisit;
  language: string;
  /** With the times, as somebody would read it. */
  text: string;
  times: ProposedTime[];
  /** Null: nothing may leave now, `refusal` says why. */
  by: ProposalWay | null;
  refusal: string | null;
  /** Undefined where no time is free, or nothing is connected to send by. */
  plan: PlannedProposal | undefined;
};

export type ProposalOptions = {
  origin: SendOrigin;
  channelAccountId?: number;
  /** Instead of our own words, inside the window and by mail. */
  text?: string;
};

/** A proposal for each of these people who was ever here, in their language, with free times as they usually come. */
export async function rebookingProposals(
  ctx: Ctx,
  contactIds: number[],
  options: ProposalOptions,
): Promise<Map<number, RebookingProposal>> {
  const usual = await usualVisits(ctx, contactIds);
  if (usual.size === 0) return new Map();
  const { locale } = await getSettings(ctx);
  const { rebookingTemplates: templates } = await getReminderSettings(ctx);
  const patterns = [...usual.values()];
  const times = await timesFor(ctx, patterns);
  const wanted = patterns.map((visit, index) => {
    const language = spokenOf(visit.language, locale);
    const sentence = options.text ?? visitPhrase(language, visit.isOverdue ? "overdue" : "due", proposedTo(visit));
    return { visit, times: times[index] ?? [], language, sentence };
  });
  const { origin, channelAccountId } = options;
  const plans = await planProposals(
    ctx,
    wanted.filter((each) => each.times.length > 0),
    { templates, locale, origin, mailPurpose: "marketing", channelAccountId },
  );
  return new Map(wanted.map((each) => [each.visit.contactId, proposalOf(each, plans.get(each))]));
}

function proposalOf(
  { visit: usual, times, language, sentence }: WantedProposal & { visit: UsualVisit },
  plan: PlannedProposal | undefined,
): RebookingProposal {
  if (!plan) {
    const { serviceName, locationName } = usual;
    const refusal =
      times.length === 0
        ? `Nothing is free for ${serviceName} at ${locationName} in the next 30 days.`
        : "No number that can send is connected to WhatsApp here, and no mail can be written instead.";
    return { usual, language, text: sentence, times, by: null, refusal, plan };
  }
  const { by, text, decision } = plan;
  const isRefused = decision.outcome === "refused";
  return {
    usual,
    language: plan.language,
    text,
    times,
    by: isRefused ? null : by,
    refusal: isRefused ? decision.reason : null,
    plan,
  };
}
