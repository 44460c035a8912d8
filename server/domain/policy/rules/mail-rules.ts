import type { LeftOut } from "../send-decision.ts";
import type { SuppressedAddress } from "../send-facts.ts";
import { dayOf } from "./person-rules.ts";
import { isMail, isMarketing, type Known, type Refusal } from "./situation.ts";
import type { Wait } from "./waits.ts";

/** Does every address of To take mail? One that bounced or complained gets nothing more, whoever writes; an unsubscribed one no marketing. */
export function refusedAddress(known: Known): Refusal | null {
  const { person } = known;
  const { content } = known.wanted;
  if (!isMail(known) || content.kind !== "email") return null;
  if (content.recipients.length === 0)
    return { obstacle: "no_address", reason: "We have no e-mail address for this person." };
  const closed = person.suppressed.find(
    (each) => content.recipients.includes(each.address) && (each.reason !== "unsubscribed" || staysOut(known, each)),
  );
  if (!closed) return null;
  return {
    obstacle: "address_suppressed",
    reason: `${closed.address} ${whyClosed(closed)}. An admin can take it off the list of addresses that get no mail.`,
    alternatives: [{ kind: "call" }],
  };
}

/** Copies that do not go: one bad address among them keeps the mail from nobody else. What the person agreed to says nothing for others. */
export function leftOutOf(known: Known): LeftOut[] {
  const { content } = known.wanted;
  if (!isMail(known) || content.kind !== "email") return [];
  return known.person.suppressed
    .filter(
      ({ address, reason }) => content.copies.includes(address) && (reason !== "unsubscribed" || isMarketing(known)),
    )
    .map((each) => ({ address: each.address, why: `${each.address} ${whyClosed(each)}` }));
}

/** Whoever agreed to marketing after unsubscribing is in again. */
function staysOut(known: Known, { since }: SuppressedAddress): boolean {
  const { marketing } = known.person;
  return isMarketing(known) && !(marketing?.state === "granted" && marketing.at > since);
}

function whyClosed({ reason, since }: SuppressedAddress): string {
  const day = dayOf(since);
  switch (reason) {
    case "hard_bounce":
      return `does not exist or takes no mail: its server said so on ${day}`;
    case "soft_bounces":
      return `could not be reached again and again, the last time on ${day}`;
    case "complaint":
      return `reported our mail as spam on ${day}`;
    case "unsubscribed":
      return `unsubscribed from marketing on ${day}`;
    case "manual":
      return `was put on the list of addresses that get no mail on ${day}`;
  }
}

/** A number says messages, a mailbox mails. */
export function refusedByKind(known: Known): Refusal | null {
  const { channel, wanted } = known;
  const saysMail = wanted.content.kind === "email";
  if (saysMail === isMail(known)) return null;
  const reason = saysMail
    ? `“${channel.name}” is no e-mail account: a mail goes out by one.`
    : `“${channel.name}” is an e-mail account: only mails go out by it.`;
  return { obstacle: "channel_cannot_send", reason };
}

const lookAgainMs = 60 * 60_000;

/** A mail waits for its account; connecting it lets everything go that waits. */
export function mailAccountWait(known: Known): Wait | null {
  const { channel, now } = known;
  if (!isMail(known) || !channel.disconnected) return null;
  const at = new Date(now.getTime() + lookAgainMs);
  return { obstacle: "channel_disconnected", at, reason: whyItWaits(channel) };
}

function whyItWaits({ name, pausedByHand, signInRefused }: Known["channel"]): string {
  if (pausedByHand) return `“${name}” is paused. It goes out once an admin lets it go on in the settings.`;
  if (signInRefused)
    return `The mail server of “${name}” does not accept its sign-in any more. It goes out once an admin has mended that in the settings.`;
  return "No e-mail account is connected. It goes out once an admin has connected one in the settings.";
}
