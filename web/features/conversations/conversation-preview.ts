import type { Conversation } from "../../../shared/v1/conversation.ts";

const typeWords: Record<string, string> = {
  image: "📷 Picture",
  video: "🎬 Video",
  audio: "🎤 Audio",
  voice: "🎤 Voice message",
  document: "📄 Document",
  sticker: "Sticker",
  location: "📍 Location",
  contacts: "👤 Contact card",
  order: "🛒 Order",
  unsupported: "A message WhatsApp does not hand over",
};

type Last = Pick<Conversation, "last_message_type" | "last_message_text" | "last_message_direction">;

/** The last message in a line of the list. */
export function previewOf(conversation: Last): string {
  const { last_message_type: type, last_message_text: text, last_message_direction: direction } = conversation;
  if (type === null) return "No messages yet";
  // A text without words is one that was deleted.
  if (type === "revoked" || (type === "text" && !text)) return "This message was deleted";
  const words = text || typeWords[type] || type.replaceAll("_", " ");
  const said = type === "reaction" ? `Reacted ${words}` : words;
  return direction === "out" ? `You: ${said}` : said;
}
