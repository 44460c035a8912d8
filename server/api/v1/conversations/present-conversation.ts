import type * as View from "../../../../shared/v1/conversation.ts";
import { idFromVendor } from "../../../domain/conversations/chat-names.ts";
import type { Conversation } from "../../../domain/conversations/list-conversations.ts";
import type { Message } from "../../../domain/conversations/list-messages.ts";
import type { Media } from "../../../domain/media/get-media.ts";
import { presentMedia } from "../media/present-media.ts";

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

export function presentMessage(message: Message, media?: Media): View.Message {
  return {
    id: message.id,
    conversation_id: message.conversationId,
    contact_id: message.contactId,
    direction: message.direction,
    origin: message.origin,
    type: message.type,
    text: message.text,
    payload: message.payload,
    provider_id: message.providerId === null ? null : idFromVendor(message.providerId),
    reply_to_provider_id: message.replyToProviderId,
    intents: message.intents,
    author_user_id: message.authorUserId,
    template_id: message.templateId,
    status: message.status,
    status_reason: message.statusReason,
    sent_at: message.sentAt,
    accepted_at: message.acceptedAt,
    sent_to_network_at: message.statusSentAt,
    delivered_at: message.deliveredAt,
    read_at: message.readAt,
    played_at: message.playedAt,
    failed_at: message.failedAt,
    error: message.error,
    edited_at: message.editedAt,
    revoked_at: message.revokedAt,
    media: media === undefined ? null : presentMedia(media),
  };
}
