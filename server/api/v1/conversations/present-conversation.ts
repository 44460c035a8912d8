import type * as View from "../../../../shared/v1/conversation.ts";
import type { Conversation } from "../../../domain/conversations/list-conversations.ts";

export function presentConversation(conversation: Conversation): View.Conversation {
  return {
    id: conversation.id,
    contact_id: conversation.contactId,
    contact: {
      name: conversation.contactName,
      phone: conversation.contactPhone,
      avatar_url: conversation.contactAvatarUrl,
    },
    channel: {
      id: conversation.channelAccountId,
      provider: conversation.channelProvider,
      name: conversation.channelName,
    },
    status: conversation.status,
    assignee_user_id: conversation.assigneeUserId,
    snoozed_until: conversation.snoozedUntil,
    bot_enabled: conversation.botEnabled,
    unread_count: conversation.unreadCount,
    last_message_at: conversation.lastMessageAt,
    last_message_text: conversation.lastMessageText,
    last_message_type: conversation.lastMessageType,
    last_message_direction: conversation.lastMessageDirection,
    last_inbound_at: conversation.lastInboundAt,
    last_outbound_at: conversation.lastOutboundAt,
    window_expires_at: conversation.windowExpiresAt,
    closed_at: conversation.closedAt,
    version: conversation.version,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
  };
}
