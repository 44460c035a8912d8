import { dayOf, isAnswer } from "./person-rules.ts";
import { isMail, isMarketing, type Known } from "./situation.ts";

/** What a sender should know although the message may leave. */
export function warningsFor(known: Known): string[] {
  const { channel, facts, person, price, wanted } = known;
  const isTemplate = wanted.content.kind === "template";
  return [
    ...(price === null && !isMail(known)
      ? ["The price is not known for this country and kind. Check your contract."]
      : []),
    ...(channel.paymentMissing
      ? ["The WhatsApp account has no means of payment: what costs money will not be delivered."]
      : []),
    ...(isMarketing(known) && person.marketing === null
      ? ["No agreement to marketing is recorded for this person."]
      : []),
    ...(isTemplate && ["RED", "YELLOW"].includes(facts.template?.quality?.toUpperCase() ?? "")
      ? ["People rate this template low; WhatsApp may pause it."]
      : []),
    ...(channel.lowQuality
      ? ["WhatsApp rates this number's quality low. Write to fewer people, and to those who expect it."]
      : []),
    ...(person.everything?.state === "withdrawn" && isAnswer(known)
      ? [`This person left on ${dayOf(person.everything.at)} and wrote again: answer only what they ask.`]
      : []),
  ];
}
