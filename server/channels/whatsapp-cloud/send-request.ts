import type { JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { SendCall } from "../../domain/sends/channel-sender.ts";
import type { MediaKind, OutgoingContent } from "../../domain/sends/outgoing-content.ts";
import { interactiveRequest } from "./interactive-request.ts";
import { mediaReference, type VendorMedia } from "./media-reference.ts";
import { templateRequest } from "./template-request.ts";

type Message = Omit<SendCall, "account" | "callbackId"> & { callbackId?: string };

/** The body of POST /{phone}/messages. */
export function sendRequest({ to, content, replyTo, callbackId }: Message, uploaded: VendorMedia): JsonObject {
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipientOf(to),
    type: content.type,
    ...contentRequest(content, uploaded),
    ...(replyTo === undefined ? {} : { context: { message_id: replyTo } }),
    ...(callbackId === undefined ? {} : { biz_opaque_callback_data: callbackId }),
  };
}

/** Marks the person's messages up to this one as read; typing shows for 25 s or until we answer. */
export function readRequest(providerId: string, { typing }: { typing: boolean }): JsonObject {
  return {
    messaging_product: "whatsapp",
    status: "read",
    message_id: providerId,
    ...(typing ? { typing_indicator: { type: "text" } } : {}),
  };
}

// Without the plus Meta may put the business's own country code before the number.
function recipientOf({ phone, userId }: SendCall["to"]): JsonObject {
  return {
    ...(phone === undefined ? {} : { to: phone.startsWith("+") ? phone : `+${phone}` }),
    ...(userId === undefined ? {} : { recipient: userId }),
  };
}

function contentRequest(content: OutgoingContent, uploaded: VendorMedia): JsonObject {
  switch (content.type) {
    case "text": {
      const { text: body, previewUrl: preview_url } = content;
      return { text: { body, ...withoutUndefined({ preview_url }) } };
    }
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { [content.type]: { ...mediaReference(content.media, uploaded), ...mediaExtras(content) } };
    case "location": {
      const { latitude, longitude, name, address } = content;
      return { location: { latitude, longitude, ...withoutUndefined({ name, address }) } };
    }
    case "contacts":
      return { contacts: content.contacts };
    case "interactive":
      return { interactive: interactiveRequest(content.interactive, uploaded) };
    case "template":
      return { template: templateRequest(content, uploaded) };
    case "reaction":
      return { reaction: { message_id: content.messageProviderId, emoji: content.emoji } };
    case "email":
      throw new Error("the policy let a mail go out by a WhatsApp number");
  }
}

type Media = Extract<OutgoingContent, { type: MediaKind }>;

/** Meta refuses a caption on sound and stickers, and a file name on anything but documents. */
function mediaExtras({ type, caption, filename, voice }: Media): JsonObject {
  return withoutUndefined({
    caption: type === "audio" || type === "sticker" ? undefined : caption,
    filename: type === "document" ? filename : undefined,
    voice: type === "audio" ? voice : undefined,
  });
}
