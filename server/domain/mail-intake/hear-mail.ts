import { clearChannelProblem } from "../channels/mark-channel-problem.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import type { TxCtx } from "../context.ts";
import type { MessageUpdate } from "../conversations/receive-messages.ts";
import { reviveAddress } from "../email/reported/revive-address.ts";
import { settleEmail } from "../email/settle-email.ts";
import { readStopWord } from "../policy/stop-words/read-stop-word.ts";
import { speakersOf } from "../policy/stop-words/speakers-of.ts";
import { isSpokenBy, unknownSpeaker } from "../policy/stop-words/spoken-languages.ts";
import { cancelQueuedSends } from "../sends/cancel-queued-sends.ts";

type Heard = {
  messageId: number;
  contactId: number;
  conversationId: number;
  channelAccountId: number;
  update: MessageUpdate;
  /** The mail of ours that it answers. */
  answeredMessageId: number | null;
};

/** What follows from a person's mail beside what follows from every message. A machine's mail says nothing. */
export async function hearMail(
  tx: TxCtx,
  { messageId, contactId, conversationId, channelAccountId, update, answeredMessageId }: Heard,
): Promise<void> {
  if (update.origin !== "person") return;
  // Who writes from an address takes mail there.
  await reviveAddress(tx, update.mail?.from.address ?? "");
  if (answeredMessageId !== null) {
    await settleEmail(tx, answeredMessageId, { kind: "delivered", at: update.sentAt });
    await clearChannelProblem(tx, { channelAccountId, problem: "mail_refused" });
  }
  const text = update.content.text ?? "";
  const said = readStopWord(text);
  if (said?.action !== "stop") return;
  const speaker = said.isLocal ? (await speakersOf(tx, [conversationId])).get(conversationId) : undefined;
  if (!isSpokenBy(said, speaker ?? unknownSpeaker)) return;
  await recordConsent(tx, {
    contactId,
    channel: "email",
    purpose: "marketing",
    state: "withdrawn",
    source: "stop_word",
    at: update.sentAt,
    evidence: { message_id: messageId, text: text.slice(0, 200), word: said.word, language: said.language },
  });
  await cancelQueuedSends(tx, { contactIds: [contactId], channel: "email", purposes: ["marketing"] });
}
