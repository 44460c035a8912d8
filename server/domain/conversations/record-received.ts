import type { JsonObject } from "../../../shared/json.ts";
import type { TxCtx } from "../context.ts";
import { type NewEvent, recordEvents } from "../events/record-event.ts";
import type { ReceivedMessage } from "./receive-messages.ts";

/** The journal of new messages. A synced history is the past: it is stored, and announced to nobody. */
export async function recordReceived(tx: TxCtx, received: ReceivedMessage[]): Promise<void> {
  await recordEvents(tx, received.filter(({ update }) => update.origin !== "history").map(eventOf));
}

function eventOf({ id, conversationId, contactId, update }: ReceivedMessage): NewEvent {
  const { type, text } = update.content;
  const data: JsonObject = {
    conversation_id: conversationId,
    message_type: type,
    ...(text ? { text: text.slice(0, 300) } : {}),
  };
  const incoming = update.direction === "in";
  return {
    type: incoming ? "message.received" : "message.sent",
    subject: { kind: "message", id },
    contactId,
    data,
    occurredAt: update.sentAt,
    actor: incoming ? { kind: "contact", contactId } : { kind: "system" },
  };
}
