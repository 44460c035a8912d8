import type { TxCtx } from "../../context.ts";
import type { ReceivedMessage } from "../../conversations/receive-messages.ts";
import { DomainError } from "../../domain-error.ts";
import { queueMessage } from "../../sends/queue-message.ts";
import { confirmationText } from "./confirmation-text.ts";
import { readStopWord, type StopWord } from "./read-stop-word.ts";
import { speakersOf } from "./speakers-of.ts";
import { spokenLanguages, unknownSpeaker } from "./spoken-languages.ts";

/** The one answer to a stop or start word, in the language of the word or of the stop before it, else the person's. Tells whether it goes out. */
export async function sendConfirmation(
  tx: TxCtx,
  message: ReceivedMessage & { said: StopWord },
  lastStopText: string | null,
): Promise<boolean> {
  const { conversationId, said } = message;
  const speaker = (await speakersOf(tx, [conversationId])).get(conversationId) ?? unknownSpeaker;
  const lastStop = lastStopText === null ? null : readStopWord(lastStopText);
  const text = confirmationText(said.action, spokenLanguages(said, lastStop, speaker));
  try {
    await queueMessage(tx, {
      conversationId,
      content: { type: "text", text },
      purpose: "service",
      origin: "system",
      onceKey: `stop-word:${message.id}`,
      replyToMessageId: message.id,
    });
    return true;
  } catch (error) {
    // A number that only receives, or a word that comes out of yesterday's backlog: the consent stands, nobody is answered.
    if (!(error instanceof DomainError) || error.refusal.kind !== "send_refused") throw error;
    return false;
  }
}
