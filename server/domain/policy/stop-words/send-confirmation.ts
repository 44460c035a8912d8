import { sql } from "kysely";
import { parsePhone } from "../../../../shared/phone/parse-phone.ts";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import type { ReceivedMessage } from "../../conversations/receive-messages.ts";
import { DomainError } from "../../domain-error.ts";
import { queueMessage } from "../../sends/queue-message.ts";
import { confirmationText } from "./confirmation-text.ts";
import { readStopWord, type StopWord } from "./read-stop-word.ts";
import { spokenLanguages } from "./spoken-languages.ts";

/** The one answer to a stop or start word, in the language of the word or of the stop before it, else the person's. */
export async function sendConfirmation(
  tx: TxCtx,
  message: ReceivedMessage & { said: StopWord },
  lastStopText: string | null,
): Promise<void> {
  const { conversationId, contactId, said } = message;
  const spoken = await tx.tx.first(languagesOf({ companyId: tx.companyId, contactId }));
  const speaker = {
    ofPerson: spoken?.ofPerson ?? null,
    country: spoken?.phone ? (parsePhone(spoken.phone)?.country ?? null) : null,
    ofCompany: spoken?.ofCompany ?? null,
  };
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
  } catch (error) {
    // A number that only receives, or a word that comes out of yesterday's backlog: the consent stands, nobody is answered.
    if (!(error instanceof DomainError) || error.refusal.kind !== "send_refused") throw error;
  }
}

const languagesOf = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ ofPerson: string | null; phone: string | null; ofCompany: string }>`
    select c.language as "ofPerson", c.phone, s.locale as "ofCompany" from contacts c join company_settings s on s.company_id = c.company_id
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("contactId")}::bigint`,
);
