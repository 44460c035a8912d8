import type { ConversationSummary } from "../../../domain/conversations/page-conversations.ts";
import type { MessageSummary } from "../../../domain/conversations/page-messages.ts";
import { messageStatus } from "./message-status.ts";
import { wordsOfMessage } from "./words-of-message.ts";

/** The document knows open and closed; a snoozed conversation is an open one. */
export function statusWord(status: string): "open" | "closed" {
  return status === "closed" ? "closed" : "open";
}

export function presentListed(conversation: ConversationSummary) {
  return {
    ...identity(conversation),
    lastMessage: wordsOfMessage(conversation.lastMessageType, conversation.lastMessageText),
    lastMessageAt: conversation.lastMessageAt,
    unreadCount: conversation.unreadCount,
  };
}

export function presentHead(conversation: ConversationSummary) {
  return { ...identity(conversation), createdAt: conversation.createdAt };
}

export function presentMessage({ id, type, text, direction, status, sentAt }: MessageSummary) {
  return {
    _id: String(id),
    text: wordsOfMessage(type, text),
    direction: direction === "in" ? "incoming" : "outgoing",
    timestamp: sentAt,
    status: messageStatus(direction, status),
  };
}

function identity({ id, contactId, contactName, contactPhone, status }: ConversationSummary) {
  return {
    _id: String(id),
    contactId: String(contactId),
    contactName: contactName === "" ? (contactPhone ?? "") : contactName,
    status: statusWord(status),
  };
}
