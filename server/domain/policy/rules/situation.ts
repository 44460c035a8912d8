import { priceOfSend } from "../prices/price-of-send.ts";
import type { Alternative, Purpose, SendObstacle, SendPrice, WantedSend } from "../send-decision.ts";
import type { ChannelFacts, PersonFacts, SendFacts, TemplateFacts } from "../send-facts.ts";

/** A wanted message with what follows from the facts at once; every rule reads this. */
export type Situation = {
  facts: SendFacts;
  wanted: WantedSend;
  now: Date;
  windowIsOpen: boolean;
  /** The message starts something: no window is open. Counts against caps and tier. */
  startsConversation: boolean;
  /** What it is in truth: a template's category says more than what its sender calls it. */
  purpose: Purpose;
  price: SendPrice | null;
};

export type Refusal = { obstacle: SendObstacle; reason: string; alternatives?: Alternative[] };

/** What a rule sees once it is known that there are a person and a channel. */
export type Known = Situation & { person: PersonFacts; channel: ChannelFacts };

export function situationOf(facts: SendFacts, wanted: WantedSend, now: Date): Situation {
  if (facts.channel?.provider === "email") return mailSituation(facts, wanted, now);
  const windowIsOpen = isAhead(facts.windowExpiresAt, now);
  const purpose = purposeOf(wanted, facts.template);
  const price = priceOfSend({
    category: purpose,
    country: facts.person?.country ?? null,
    isTemplate: wanted.content.kind === "template",
    windowIsOpen,
    freeEntryIsOpen: isAhead(facts.freeEntryExpiresAt, now),
    deliveredThisMonth: facts.channel?.deliveredThisMonth ?? 0,
    prices: facts.prices,
    now,
  });
  return { facts, wanted, now, windowIsOpen, startsConversation: !windowIsOpen, purpose, price };
}

/** Mail knows no window and no price, and nobody counts who began. */
function mailSituation(facts: SendFacts, wanted: WantedSend, now: Date): Situation {
  return { facts, wanted, now, windowIsOpen: false, startsConversation: false, purpose: wanted.purpose, price: null };
}

export function isMail({ facts }: Situation): boolean {
  return facts.channel?.provider === "email";
}

/** A template's category in our words; null for what WhatsApp has not said or we do not know. */
export function categoryOf(template: TemplateFacts): Exclude<Purpose, "service"> | null {
  const category = template.category?.toLowerCase();
  return category === "marketing" || category === "utility" || category === "authentication" ? category : null;
}

// Free text is billed as service, whatever it is for; only for marketing its purpose counts, because consent does.
function purposeOf(wanted: WantedSend, template: TemplateFacts | null): Purpose {
  if (wanted.content.kind === "free") return "service";
  return (template && categoryOf(template)) ?? wanted.purpose;
}

/** A window's end is not inside: at 24:00:00 sharp it is closed. */
function isAhead(at: Date | null, now: Date): boolean {
  return at !== null && now.getTime() < at.getTime();
}

/** Marketing in truth or by its sender's word: both want the person's consent. */
export function isMarketing({ purpose, wanted }: Situation): boolean {
  return purpose === "marketing" || wanted.purpose === "marketing";
}
