import { forgetConfirmation, recordConsent } from "../../contacts/record-consent.ts";
import type { TxCtx } from "../../context.ts";
import { isFromPerson, type ReceivedMessage } from "../../conversations/receive-messages.ts";
import { cancelQueuedSends } from "../../sends/cancel-queued-sends.ts";
import { type LastWord, lastWords } from "./last-words.ts";
import { readStopWord, type StopWord } from "./read-stop-word.ts";
import { sendConfirmation } from "./send-confirmation.ts";
import { speakersOf } from "./speakers-of.ts";
import { isSpokenBy, unknownSpeaker } from "./spoken-languages.ts";

type Spoken = ReceivedMessage & { said: StopWord };

/**
 * Keeps what people say about being written to: consent with its evidence, their queued marketing cancelled, one confirmation. Gives the
 * messages that were not about this; only those start a conversation, a task or a bot's turn. Runs on messages that are new, so a
 * webhook told twice changes nothing.
 */
export async function applyStopWords(tx: TxCtx, received: ReceivedMessage[]): Promise<ReceivedMessage[]> {
  const read = received
    // What a mail says about mails is heard where mails are read.
    .filter((message) => isFromPerson(message) && message.update.channel.provider !== "email")
    .flatMap((message): Spoken[] => {
      const said = readStopWord(message.update.content.text ?? "", sourceOf(message));
      return said ? [{ ...message, said }] : [];
    })
    .toSorted((a, b) => a.update.sentAt.getTime() - b.update.sentAt.getTime());
  const spoken = await meantSo(tx, read);
  if (spoken.length === 0) return received;
  const last = await lastWords(tx, [...new Set(spoken.map(({ contactId }) => contactId))]);
  const heard = new Set<number>();
  for (const message of spoken) {
    if (await applyOne(tx, message, last)) heard.add(message.id);
  }
  return received.filter(({ id }) => !heard.has(id));
}

/** Without the words that mean something else in the language of who wrote them. */
async function meantSo(tx: TxCtx, read: Spoken[]): Promise<Spoken[]> {
  const local = read.filter(({ said }) => said.isLocal).map(({ conversationId }) => conversationId);
  if (local.length === 0) return read;
  const speakers = await speakersOf(tx, [...new Set(local)]);
  return read.filter(({ said, conversationId }) => isSpokenBy(said, speakers.get(conversationId) ?? unknownSpeaker));
}

/** A title on a button was written by the business: "Cancel" there cancels something else. */
function sourceOf({ update }: ReceivedMessage): "typed" | "button" {
  return update.content.type === "text" ? "typed" : "button";
}

async function applyOne(tx: TxCtx, message: Spoken, last: Map<number, LastWord>): Promise<boolean> {
  const { contactId, said, update } = message;
  const before = last.get(contactId);
  // "Yes" and "start" answer many questions; they undo a stop and are nothing else.
  if (said.action === "start" && before?.state !== "withdrawn") return false;
  const at = timeOf(update.sentAt, before);
  const isNewest = !before || at > before.at;
  const isDue = isNewest && !wasConfirmedToday(before, said, tx.now());
  // The policy lets the confirmation pass because the consent says so; where it does not, the consent is not to say so.
  const consentId = await keepConsent(tx, message, { at, isConfirmed: isDue });
  if (said.action === "stop")
    await cancelQueuedSends(tx, { contactIds: [contactId], channel: "whatsapp", purposes: ["marketing"] });
  const isConfirmed = isDue && (await sendConfirmation(tx, message, before?.stopText ?? null));
  if (isDue && !isConfirmed && consentId !== undefined) await forgetConfirmation(tx, consentId);
  if (isNewest) last.set(contactId, nextWord(message, before, { at, confirmedAt: isConfirmed ? tx.now() : null }));
  return true;
}

// WhatsApp tells seconds. Several words within one are kept apart, in their order, or the last of them would be taken for a repetition.
function timeOf(sentAt: Date, before: LastWord | undefined): Date {
  const isSameSecond = before && before.at >= sentAt && before.at.getTime() < sentAt.getTime() + 1_000;
  return isSameSecond ? new Date(before.at.getTime() + 1) : sentAt;
}

// Two machines that answer each other would go on for ever: one confirmation of a kind in 24 hours.
function wasConfirmedToday(before: LastWord | undefined, { action }: StopWord, now: Date): boolean {
  const at = action === "stop" ? before?.stopConfirmedAt : before?.startConfirmedAt;
  return at !== undefined && at !== null && now.getTime() - at.getTime() < 24 * 3_600_000;
}

async function keepConsent(
  tx: TxCtx,
  { contactId, id, said, update }: Spoken,
  { at, isConfirmed }: { at: Date; isConfirmed: boolean },
): Promise<number | undefined> {
  return recordConsent(tx, {
    contactId,
    channel: "whatsapp",
    purpose: "all",
    state: said.action === "stop" ? "withdrawn" : "granted",
    source: "stop_word",
    at,
    evidence: {
      message_id: id,
      text: (update.content.text ?? "").slice(0, 200),
      word: said.word,
      language: said.language,
      ...(isConfirmed ? { confirmed_at: tx.now().toISOString() } : {}),
    },
  });
}

function nextWord(
  { said, update }: Spoken,
  before: LastWord | undefined,
  { at, confirmedAt }: { at: Date; confirmedAt: Date | null },
): LastWord {
  const isStop = said.action === "stop";
  return {
    state: isStop ? "withdrawn" : "granted",
    at,
    stopText: isStop ? (update.content.text ?? null) : (before?.stopText ?? null),
    stopConfirmedAt: (isStop ? confirmedAt : null) ?? before?.stopConfirmedAt ?? null,
    startConfirmedAt: (isStop ? null : confirmedAt) ?? before?.startConfirmedAt ?? null,
  };
}
