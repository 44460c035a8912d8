import type { Message } from "../conversations/list-messages.ts";
import type { Purpose, SendDecision, SendOrigin } from "../policy/send-decision.ts";
import type { OutgoingContent } from "./outgoing-content.ts";

/** One message to one person, as any part of the product asks for it. */
export type NewSend = {
  conversationId: number;
  content: OutgoingContent;
  /** Where not said: the template's category, else service. */
  purpose?: Purpose;
  origin: SendOrigin;
  replyToMessageId?: number;
  /** The same key again gives the same message. */
  onceKey?: string;
  /** Higher leaves earlier; where not said, a campaign's go after everybody else's. */
  priority?: number;
};

export type QueuedMessage = { message: Message; decision: SendDecision };

/** Campaigns wait for everybody else. */
export function priorityOf(origin: SendOrigin): number {
  return origin === "campaign" ? 0 : 10;
}
