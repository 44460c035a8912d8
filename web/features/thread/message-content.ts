import { listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { Message } from "../../../shared/v1/conversation.ts";

export type MediaContent = { kind: string; filename: string | undefined; mimeType: string | undefined };
export type PlaceContent = {
  name: string | undefined;
  address: string | undefined;
  latitude: number;
  longitude: number;
};
export type CardContent = { name: string; phones: string[] };

const mediaKinds = ["image", "video", "audio", "voice", "document", "sticker"];

/** The emoji and the provider's id of the message it stands on. */
export function reactionOf(message: Message): { target: string; emoji: string } | undefined {
  if (message.type !== "reaction") return undefined;
  const target = textOf(objectOf(message.payload)?.reacts_to) ?? message.reply_to_provider_id;
  return target ? { target, emoji: message.text ?? "" } : undefined;
}

export function mediaOf(message: Message): MediaContent | undefined {
  if (!mediaKinds.includes(message.type)) return undefined;
  const media = objectOf(objectOf(message.payload)?.media);
  const kind = media?.voice === true ? "voice" : message.type;
  return { kind, filename: textOf(media?.filename), mimeType: textOf(media?.mimeType) ?? textOf(media?.mime_type) };
}

export function placeOf(message: Message): PlaceContent | undefined {
  if (message.type !== "location") return undefined;
  const place = detailsOf(message);
  const latitude = numberOf(place?.latitude);
  const longitude = numberOf(place?.longitude);
  if (latitude === undefined || longitude === undefined) return undefined;
  return { name: textOf(place?.name), address: textOf(place?.address), latitude, longitude };
}

export function cardsOf(message: Message): CardContent[] {
  if (message.type !== "contacts") return [];
  const payload = objectOf(message.payload);
  return listOf(payload?.details ?? payload?.contacts).map((value) => {
    const card = objectOf(value);
    const name = objectOf(card?.name);
    const phones = listOf(card?.phones).flatMap((phone) => textOf(objectOf(phone)?.phone) ?? []);
    return { name: textOf(name?.formatted_name) ?? "Unnamed contact", phones };
  });
}

/** A mail's subject, where there is one. */
export function subjectOf(message: Message): string | undefined {
  return message.type === "email" ? textOf(detailsOf(message)?.subject) : undefined;
}

/** Why a message failed, in the provider's words. */
export function failureOf(message: Message): string {
  const first = objectOf(listOf(message.error)[0]);
  return textOf(first?.details) ?? textOf(first?.title) ?? textOf(first?.message) ?? "WhatsApp could not deliver it.";
}

/** The start of a message, where another one answers it. */
export function excerptOf(message: Message): string {
  if (message.revoked_at) return "A deleted message";
  return message.text?.slice(0, 200) ?? message.type.replaceAll("_", " ");
}

function detailsOf(message: Message): Record<string, unknown> | undefined {
  const payload = objectOf(message.payload);
  return objectOf(payload?.details) ?? objectOf(payload?.location) ?? payload;
}
