import type { TxCtx } from "../context.ts";
import { scoreContacts } from "../scoring/score-contacts.ts";
import { announceNewLeads } from "./announce-new-leads.ts";
import { createFollowUps } from "./create-follow-ups.ts";
import { fillProfiles } from "./fill-profiles.ts";
import { firstWordsOf } from "./first-words.ts";
import { intakeSteps } from "./intake-steps.ts";
import { loadIntakePeople } from "./load-intake-people.ts";
import { openQualifiedDeals } from "./open-qualified-deals.ts";

/** What a person wrote just now, as it came. */
export type IntakeMessage = {
  contactId: number;
  text: string;
  profileName: string;
  isMail: boolean;
  /** The person became a lead by it. */
  opensLead: boolean;
};

/**
 * The new-lead workflow on messages that were just stored: profile filled from what the person writes, score, follow-up task, a
 * notification for the team, a deal when qualified. Each step is idempotent and can be switched off per company.
 */
export async function runIntake(tx: TxCtx, messages: IntakeMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const steps = await intakeSteps(tx);
  const contactIds = [...new Set(messages.map(({ contactId }) => contactId))];
  if (steps.profile) await fillProfiles(tx, messages, steps.defaultCountry);
  if (steps.score) await scoreContacts(tx, contactIds);
  // Only now: the steps before may have changed names, scores, needs and budgets.
  const people = await loadIntakePeople(tx, contactIds);
  const firstWords = firstWordsOf(messages);
  if (steps.task) await createFollowUps(tx, people, firstWords);
  const newcomers = new Set(messages.filter(({ opensLead }) => opensLead).map(({ contactId }) => contactId));
  const fresh = people.filter(({ id }) => newcomers.has(id));
  if (steps.notify) await announceNewLeads(tx, fresh, firstWords);
  if (steps.deal) await openQualifiedDeals(tx, people, { notify: steps.notify });
}
