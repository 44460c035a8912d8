import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";
import { providerIdOf } from "../../domain/conversations/provider-id.ts";
import { gatewayAnswer } from "./gateway-answer.ts";
import { gatewayMedia } from "./gateway-media.ts";
import { gatewayOrder } from "./gateway-order.ts";
import type { MessageBody } from "./message-body.ts";

/** The content under the type words the Cloud API uses, so that both channels read alike; unknown words are kept. */
export function gatewayContent({ word, fields }: MessageBody): MessageContent {
  switch (word) {
    case "conversation":
    case "extendedTextMessage":
      return withoutUndefined({ type: "text", text: textOf(fields.text) });
    case "imageMessage":
      return gatewayMedia("image", fields);
    case "videoMessage":
    case "ptvMessage":
      return gatewayMedia("video", fields);
    case "audioMessage":
      return gatewayMedia("audio", fields);
    case "documentMessage":
      return gatewayMedia("document", fields);
    case "stickerMessage":
      return gatewayMedia("sticker", fields);
    case "locationMessage":
    case "liveLocationMessage":
      return locationContent(fields);
    case "contactMessage":
      return contactsContent([fields]);
    case "contactsArrayMessage":
      return contactsContent(Array.isArray(fields.contacts) ? fields.contacts : []);
    case "orderMessage":
      return gatewayOrder(fields);
    case "reactionMessage":
      return withoutUndefined({
        type: "reaction",
        text: textOf(fields.text),
        reactsTo: providerIdOf(objectOf(fields.key)?.id),
      });
    default:
      return gatewayAnswer(word, fields) ?? unknownContent(word, fields);
  }
}

function locationContent(fields: Record<string, unknown>): MessageContent {
  const { degreesLatitude: latitude, degreesLongitude: longitude, name, address, url } = fields;
  return withoutUndefined({
    type: "location",
    text: textOf(name) ?? textOf(address),
    details: jsonOf(withoutUndefined({ latitude, longitude, name, address, url })),
  });
}

function contactsContent(cards: unknown[]): MessageContent {
  const people = cards.map((card) => {
    const fields = objectOf(card) ?? {};
    return { name: { formatted_name: textOf(fields.displayName) ?? null }, vcard: textOf(fields.vcard) ?? null };
  });
  const names = people.map((person) => person.name.formatted_name).filter((name) => name !== null);
  return withoutUndefined({ type: "contacts", text: names.join(", ") || undefined, details: jsonOf(people) });
}

function unknownContent(word: string, fields: Record<string, unknown>): MessageContent {
  const text = textOf(fields.text) ?? textOf(fields.caption) ?? textOf(fields.name);
  return withoutUndefined({ type: word.replace(/Message$/, ""), text, details: jsonOf(fields) });
}
