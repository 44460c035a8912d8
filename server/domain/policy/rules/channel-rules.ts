import { inWords } from "../time/local-time.ts";
import { refusedByKind } from "./mail-rules.ts";
import { isMail, type Known, type Refusal } from "./situation.ts";

/** Can this number send just now, and would it arrive? */
export function refusedForChannel(known: Known): Refusal | null {
  const { channel } = known;
  if (channel.provider === "whatsapp_gateway")
    return {
      obstacle: "channel_cannot_send",
      reason: `“${channel.name}” only receives messages. Connect the number to the WhatsApp Business platform to answer from here.`,
      alternatives: [{ kind: "reconnect_channel" }, { kind: "call" }],
    };
  const wrongKind = refusedByKind(known);
  // A mail waits for its account instead (mail-rules.ts).
  if (wrongKind || isMail(known)) return wrongKind;
  if (channel.blocked)
    return {
      obstacle: "account_restricted",
      reason: `WhatsApp has shut the account of “${channel.name}”. An admin finds why, and can appeal, in WhatsApp Manager.`,
      alternatives: [{ kind: "call" }],
    };
  if (channel.disconnected)
    return {
      obstacle: "channel_disconnected",
      reason: `“${channel.name}” is not connected. An admin has to connect it in the settings.`,
      alternatives: [{ kind: "reconnect_channel" }, { kind: "call" }],
    };
  return refusedByRestriction(known);
}

function refusedByRestriction({ channel, facts, startsConversation, now }: Known): Refusal | null {
  const { restricted } = channel;
  if (!restricted || !startsConversation || (restricted.until && restricted.until <= now)) return null;
  const until = restricted.until ? ` until ${inWords(restricted.until, facts.timeZone, now)}` : "";
  return {
    obstacle: "account_restricted",
    reason: `WhatsApp does not let “${channel.name}” start conversations${until}. People who write to you can be answered.`,
    alternatives: [
      ...(restricted.until ? [{ kind: "wait_until", at: restricted.until.toISOString() } as const] : []),
      { kind: "call" },
    ],
  };
}

/** Without a way to pay, WhatsApp takes what costs money and never delivers it; what is free arrives. */
export function refusedForPayment({ channel, price }: Known): Refusal | null {
  if (!channel.paymentMissing || (price !== null && price.free !== null)) return null;
  return {
    obstacle: "payment_missing",
    reason:
      "WhatsApp would take this message and never deliver it: the account has no means of payment. An admin can add one in WhatsApp Manager.",
    alternatives: [{ kind: "call" }],
  };
}
