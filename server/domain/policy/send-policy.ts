import { refusedForChannel, refusedForPayment } from "./rules/channel-rules.ts";
import { refusedForContent } from "./rules/content-rules.ts";
import { leftOutOf } from "./rules/mail-rules.ts";
import { refusedForPerson } from "./rules/person-rules.ts";
import { isMail, type Known, type Refusal, type Situation, situationOf } from "./rules/situation.ts";
import { waitFor } from "./rules/waits.ts";
import { warningsFor } from "./rules/warnings.ts";
import type { SendDecision, WantedSend } from "./send-decision.ts";
import type { SendFacts } from "./send-facts.ts";
import { inWords } from "./time/local-time.ts";

/**
 * May this message leave, now, later or not at all; at what price, why, and what else could be done. Pure: the same facts give the same
 * answer. What refuses is asked first (person, number, content, payment), so that nobody waits for something that will never go;
 * only then what delays.
 */
export function sendPolicy(facts: SendFacts, wanted: WantedSend, now: Date): SendDecision {
  const situation = situationOf(facts, wanted, now);
  const { person, channel } = facts;
  if (!person)
    return refused(situation, { obstacle: "no_address", reason: "This person was deleted, or never was here." });
  if (!channel)
    return refused(situation, {
      obstacle: "channel_disconnected",
      reason: "This number is not one of yours any more.",
      alternatives: [{ kind: "reconnect_channel" }],
    });
  const known: Known = { ...situation, person, channel };
  const refusal =
    refusedForPerson(known) ?? refusedForChannel(known) ?? refusedForContent(known) ?? refusedForPayment(known);
  return refusal ? refused(known, refusal) : allowed(known);
}

function allowed(known: Known): SendDecision {
  const { facts, wanted, windowIsOpen, startsConversation, price, now } = known;
  const by = wanted.content.kind === "template" ? "template" : "free_text";
  const leftOut = leftOutOf(known);
  const common = {
    by,
    ...{ price, outsideWindow: startsConversation, warnings: warningsFor(known) },
    ...(leftOut.length === 0 ? {} : { leftOut }),
  } as const;
  const wait = waitFor(known);
  if (wait) {
    const closesBefore =
      by === "free_text" && !isMail(known) && facts.windowExpiresAt !== null && facts.windowExpiresAt <= wait.at;
    const warnings = closesBefore ? [...common.warnings, "The window closes before this can leave."] : common.warnings;
    const { obstacle, at, reason } = wait;
    return {
      ...common,
      outcome: "later",
      obstacle,
      at,
      reason,
      warnings,
      alternatives: [{ kind: "wait_until", at: at.toISOString() }],
    };
  }
  if (isMail(known)) return { ...common, outcome: "allowed", reason: "A mail may be sent any time.", alternatives: [] };
  const until = windowIsOpen && facts.windowExpiresAt ? inWords(facts.windowExpiresAt, facts.timeZone, now) : null;
  const reason =
    until === null ? "An approved template may be sent any time." : `The 24-hour window is open until ${until}.`;
  return { ...common, outcome: "allowed", reason, alternatives: [] };
}

function refused(
  { price, startsConversation }: Situation,
  { obstacle, reason, alternatives = [] }: Refusal,
): SendDecision {
  return { outcome: "refused", obstacle, reason, alternatives, warnings: [], price, outsideWindow: startsConversation };
}
