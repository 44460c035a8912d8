import { getSettings } from "../accounts/company-settings.ts";
import type { Ctx } from "../context.ts";
import type { SendOrigin } from "../policy/send-decision.ts";
import { inWords } from "../policy/time/local-time.ts";
import { spokenOf, visitPhrase } from "../reminders/phrases/visit-phrases-for.ts";
import { getReminderSettings } from "../reminders/reminder-settings.ts";
import { askedAlready, type EarlierProposal, earlierProposals } from "./earlier-proposals.ts";
import type { ProposedTime } from "./pick-times.ts";
import type { PlannedProposal, ProposalWay } from "./plan-proposals.ts";
import { proposedTo } from "./proposal-content.ts";
import { type ProposalWish, type TimelyProposal, timelyProposals } from "./timely-proposals.ts";
import { type UsualVisit, usualVisits } from "./usual-visit.ts";
import { type VisitAhead, visitsAhead } from "./visits-ahead.ts";

/** What a message to somebody whose time has come says if it is sent now. */
export type RebookingProposal = Proposed & {
  /** Null: nobody was asked lately. */
  earlier: EarlierProposal | null;
  /** Null: no visit is ahead. */
  ahead: VisitAhead | null;
};

type Proposed = {
  usual: UsualVisit;
  language: string;
  /** With the times, as somebody would read it. */
  text: string;
  times: ProposedTime[];
} & (
  | { plan: PlannedProposal; by: ProposalWay; refusal: null }
  /** The policy lets nothing leave now. */
  | { plan: PlannedProposal; by: null; refusal: string }
  /** No time is free, nothing is connected to send by, or somebody was asked lately or comes anyway. */
  | { plan: undefined; by: null; refusal: string }
);

export type ProposalOptions = {
  origin: SendOrigin;
  channelAccountId?: number;
  /** Instead of our own words, inside the window and by mail. */
  text?: string;
  /** Although somebody was asked lately and has not answered, or comes anyway. */
  again?: boolean;
};

/** A proposal for each of these people who was ever here, in their language, with free times as they usually come. */
export async function rebookingProposals(
  ctx: Ctx,
  contactIds: number[],
  options: ProposalOptions,
): Promise<Map<number, RebookingProposal>> {
  const usual = await usualVisits(ctx, contactIds);
  if (usual.size === 0) return new Map();
  const { locale, timeZone } = await getSettings(ctx);
  const { rebookingTemplates: templates } = await getReminderSettings(ctx);
  const wishes = [...usual.values()].map((visit) => {
    const language = spokenOf(visit.language, locale);
    const sentence = options.text ?? visitPhrase(language, visit.isOverdue ? "overdue" : "due", proposedTo(visit));
    return { visit, language, sentence };
  });
  const { origin, channelAccountId } = options;
  const rules = { templates, locale, origin, mailPurpose: "marketing", channelAccountId } as const;
  const timely = await timelyProposals(ctx, wishes, rules);
  const earlier = await earlierProposals(ctx, contactIds);
  const ahead = await visitsAhead(ctx, contactIds);
  const clock = { timeZone, now: ctx.now() };
  return new Map(
    wishes.map((wish) => {
      const { contactId } = wish.visit;
      const known = { earlier: earlier.get(contactId) ?? null, ahead: ahead.get(contactId) ?? null };
      const proposal = { ...proposalOf(wish, timely.get(wish)), ...known };
      const refusal = pointless(known, { ...clock, again: options.again ?? false });
      return [contactId, refusal === null ? proposal : { ...proposal, plan: undefined, by: null, refusal }];
    }),
  );
}

type Known = Pick<RebookingProposal, "earlier" | "ahead">;

/** Why there is nothing to propose now, by what is known of the person; all but a proposal that still waits can be set aside. */
function pointless({ earlier, ahead }: Known, clock: { timeZone: string; now: Date; again: boolean }): string | null {
  const { now, again } = clock;
  if (earlier?.stillWaits) return askedAlready(earlier, clock);
  if (again) return null;
  if (ahead) return `A visit is booked for ${inWords(new Date(ahead.startsAt), ahead.timeZone, now)}.`;
  return earlier && askedAlready(earlier, clock);
}

function proposalOf(
  { visit: usual, language, sentence }: ProposalWish & { visit: UsualVisit },
  { times, plan }: TimelyProposal = { times: [], plan: undefined },
): Proposed {
  if (!plan) {
    const { serviceName, locationName } = usual;
    const refusal =
      times.length === 0
        ? `Nothing is free for ${serviceName} at ${locationName} in the next 30 days.`
        : "No number that can send is connected to WhatsApp here, and no mail can be written instead.";
    return { usual, language, text: sentence, times, by: null, refusal, plan };
  }
  const { by, text, decision } = plan;
  const shown = { usual, language: plan.language, text, times, plan };
  return decision.outcome === "refused"
    ? { ...shown, by: null, refusal: decision.reason }
    : { ...shown, by, refusal: null };
}
