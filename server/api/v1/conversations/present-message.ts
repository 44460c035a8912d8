import type * as View from "../../../../shared/v1/conversation.ts";
import type { Attachment } from "../../../domain/attachments/attachment.ts";
import { filesOfMails } from "../../../domain/attachments/files-of-mails.ts";
import type { Ctx } from "../../../domain/context.ts";
import { idFromVendor } from "../../../domain/conversations/chat-names.ts";
import type { Message } from "../../../domain/conversations/list-messages.ts";
import type { Media } from "../../../domain/media/get-media.ts";
import { mediaOfMessages } from "../../../domain/media/media-of-messages.ts";
import { presentAttachment } from "../attachments/present-attachment.ts";
import { presentMedia } from "../media/present-media.ts";

/** Shows these messages with what they carry: a file of WhatsApp's, or the files of a mail. One statement each for all of them. */
export async function messagePresenter(ctx: Ctx, messages: Message[]): Promise<(message: Message) => View.Message> {
  const mailIds = messages.filter(({ type }) => type === "email").map(({ id }) => id);
  const [media, files] = await Promise.all([mediaOfMessages(ctx, messages), filesOfMails(ctx, mailIds)]);
  return (message) => viewOf(message, media.get(message.id), files.get(message.id) ?? []);
}

export async function presentMessage(ctx: Ctx, message: Message): Promise<View.Message> {
  const present = await messagePresenter(ctx, [message]);
  return present(message);
}

function viewOf(message: Message, media: Media | undefined, files: Attachment[]): View.Message {
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
    attachments: files.map(presentAttachment),
  };
}
