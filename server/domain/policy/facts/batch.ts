import { isMarketing, situationOf } from "../rules/situation.ts";
import type { SendDecision, WantedSend } from "../send-decision.ts";
import type { HistoryFacts, SendFacts } from "../send-facts.ts";

type Batch = {
  withWhatWentBefore: (facts: SendFacts, wanted: WantedSend) => SendFacts;
  note: (facts: SendFacts, wanted: WantedSend, decision: SendDecision, now: Date) => void;
};

/** Keeps count of what the messages decided so far will use up, so that a list is judged as it will be sent. */
export function createBatch(): Batch {
  const people = new Map<number, HistoryFacts>();
  const taken = new Map<string, number>();
  const replies = new Map<number, number>();
  return {
    withWhatWentBefore(facts, { contactId }) {
      const { channel, history } = facts;
      const sofar = people.get(contactId);
      return {
        ...facts,
        channel: channel && {
          ...channel,
          tierUsed: channel.tierUsed + (taken.get(channel.portfolio) ?? 0),
          deliveredThisMonth: channel.deliveredThisMonth + (replies.get(channel.id) ?? 0),
        },
        history: sofar
          ? {
              initiatedAt: [...history.initiatedAt, ...sofar.initiatedAt],
              marketingAt: [...history.marketingAt, ...sofar.marketingAt],
              inTier: history.inTier || sofar.inTier,
            }
          : history,
      };
    },
    note(facts, wanted, decision, now) {
      const { channel } = facts;
      if (decision.outcome === "refused" || !channel) return;
      const at = decision.outcome === "later" ? decision.at : now;
      if (decision.price?.free === "allotment") replies.set(channel.id, (replies.get(channel.id) ?? 0) + 1);
      if (decision.outsideWindow && !facts.history.inTier)
        taken.set(channel.portfolio, (taken.get(channel.portfolio) ?? 0) + 1);
      const history = people.get(wanted.contactId) ?? { initiatedAt: [], marketingAt: [], inTier: false };
      // A row of the outbox finds those before it in the tables already.
      const counted = wanted.sendId === undefined ? [at] : [];
      if (isMarketing(situationOf(facts, wanted, now))) history.marketingAt.push(...counted);
      if (decision.outsideWindow) history.initiatedAt.push(...counted);
      history.inTier ||= decision.outsideWindow;
      people.set(wanted.contactId, history);
    },
  };
}
