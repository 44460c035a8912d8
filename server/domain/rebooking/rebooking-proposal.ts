import { getSettings } from "../accounts/company-settings.ts";
import type { BotLanguage } from "../bot/phrases/phrases-for.ts";
import type { Ctx } from "../context.ts";
import { spokenOf, visitPhrase } from "../reminders/phrases/visit-phrases-for.ts";
import type { ProposedTime } from "./pick-times.ts";
import { proposedTo, timesInWords } from "./proposal-content.ts";
import { timesFor } from "./propose-times.ts";
import { type UsualVisit, usualVisits } from "./usual-visit.ts";

/** What a message to somebody whose time has come would say. */
export type RebookingProposal = {
  usual: UsualVisit;
  language: BotLanguage;
  /** Without the times, which a list or a template shows. */
  sentence: string;
  /** With them, as somebody would read it. */
  text: string;
  times: ProposedTime[];
};

export type Due = { contactId: number; state: "due" | "overdue" };

/** A proposal for each of these people who was ever here, in their language, with free times as they usually come. */
export async function rebookingProposals(ctx: Ctx, people: Due[]): Promise<Map<number, RebookingProposal>> {
  const usual = await usualVisits(
    ctx,
    people.map(({ contactId }) => contactId),
  );
  if (usual.size === 0) return new Map();
  const { locale } = await getSettings(ctx);
  const patterns = [...usual.values()];
  const times = await timesFor(ctx, patterns);
  const states = new Map(people.map(({ contactId, state }) => [contactId, state]));
  return new Map(
    patterns.map((pattern, index) => {
      const state = states.get(pattern.contactId) ?? "due";
      return [pattern.contactId, proposalOf(pattern, state, { times: times[index] ?? [], locale })];
    }),
  );
}

function proposalOf(
  usual: UsualVisit,
  state: "due" | "overdue",
  { times, locale }: { times: ProposedTime[]; locale: string },
): RebookingProposal {
  const language = spokenOf(usual.language, locale);
  const sentence = visitPhrase(language, state, proposedTo(usual));
  const words = timesInWords(times, usual.timeZone, language);
  return { usual, language, sentence, text: words === "" ? sentence : `${sentence}\n${words}`, times };
}
