import { refusedAddress } from "./mail-rules.ts";
import { isMail, isMarketing, type Known, type Refusal } from "./situation.ts";

/** May this person be written to at all, and about this? */
export function refusedForPerson(known: Known): Refusal | null {
  const { person } = known;
  if (!isMail(known) && person.phone === null && person.userId === null)
    return { obstacle: "no_address", reason: "We have no WhatsApp number for this person.", alternatives: [] };
  if (person.doNotContact)
    return { obstacle: "do_not_contact", reason: "This person is marked “do not contact”. Only they can change that." };
  return refusedAddress(known) ?? refusedByOptOut(known) ?? (isMarketing(known) ? refusedForMarketing(known) : null);
}

function refusedByOptOut(known: Known): Refusal | null {
  const { everything } = known.person;
  if (everything?.state !== "withdrawn" || isConfirmation(known) || isAnswer(known)) return null;
  if (isMail(known))
    return {
      obstacle: "opted_out",
      reason: `This person asked on ${dayOf(everything.at)} to get no more e-mails.`,
      alternatives: [{ kind: "call" }],
    };
  return {
    obstacle: "opted_out",
    reason: `This person asked on ${dayOf(everything.at)} to get no more messages on WhatsApp. They can write START to get them again.`,
    alternatives: [{ kind: "call" }],
  };
}

// "You will get no more messages" is itself one more; carriers and WhatsApp allow exactly this one.
function isConfirmation({ person, wanted }: Known): boolean {
  return wanted.origin === "system" && wanted.content.kind === "free" && person.everything?.confirmationDue === true;
}

/** Somebody who left and then asks something by themselves may be answered by a person, about that. */
export function isAnswer(known: Known): boolean {
  const { facts, wanted, person, windowIsOpen } = known;
  const leftAt = person.everything?.at;
  if (wanted.origin !== "user" || wanted.content.kind === "template" || wanted.purpose === "marketing") return false;
  return (
    (windowIsOpen || isMail(known)) &&
    leftAt !== undefined &&
    facts.lastInboundAt !== null &&
    facts.lastInboundAt > leftAt
  );
}

function refusedForMarketing({ person, facts, windowIsOpen }: Known): Refusal | null {
  const { marketing } = person;
  if (marketing?.state === "withdrawn")
    return {
      obstacle: "marketing_opted_out",
      reason: `This person stopped marketing messages on ${dayOf(marketing.at)}. Messages about their own orders and questions still reach them.`,
      alternatives: windowIsOpen ? [{ kind: "ask_for_consent" }] : [],
    };
  if (facts.settings.requireMarketingConsent && marketing?.state !== "granted")
    return {
      obstacle: "no_marketing_consent",
      reason: "No agreement to marketing is recorded for this person, and your settings ask for one.",
      alternatives: [{ kind: "ask_for_consent" }],
    };
  return null;
}

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
