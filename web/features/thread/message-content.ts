import { listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { Message } from "../../../shared/v1/conversation.ts";
import { formatMoney } from "../../lib/format-money.ts";

export type MediaContent = { kind: string; filename: string | undefined; mimeType: string | undefined };
export type PlaceContent = {
  name: string | undefined;
  address: string | undefined;
  latitude: number;
  longitude: number;
};
export type CardContent = { name: string; phones: string[] };

export type OrderContent = { lines: { name: string; words: string }[]; total: string | undefined };

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

/** The items of an order, with what they cost; the total where all have one currency. */
export function orderOf(message: Message): OrderContent | undefined {
  if (message.type !== "order") return undefined;
  const details = detailsOf(message);
  const items = listOf(details?.product_items).map(itemOf);
  const [first] = items;
  if (!first) return wholeOrder(details ?? {});
  const isPriced = items.every(({ price, currency }) => price !== undefined && currency === first.currency);
  const sum = items.reduce((total, { quantity, price = 0 }) => total + quantity * price, 0);
  return {
    lines: items.map(({ name, quantity, price, currency }, index) => ({
      name: name ?? `Item ${index + 1}`,
      words: costWords(quantity, price, currency),
    })),
    total: isPriced ? formatMoney(sum, first.currency) : undefined,
  };
}

/** What stands in place of a message that cannot be shown. */
export function unshownWords(message: Message): string {
  if (message.type === "unsupported") {
    const kind = textOf(detailsOf(message)?.type);
    const named = kind === undefined ? "" : ` (${kind.replaceAll("_", " ")})`;
    return `WhatsApp does not hand over this kind of message${named}, so it can only be seen on the phone.`;
  }
  if (message.type === "order") return "An order without items.";
  return `A message of the kind “${message.type.replaceAll("_", " ")}”, which this screen does not show yet.`;
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

/** An order whose items are not named, as gateways hand it over. */
function wholeOrder({ title, item_count, total, currency }: Record<string, unknown>): OrderContent {
  const [name, count, sum] = [textOf(title), numberOf(item_count), numberOf(total)];
  const words = count === undefined ? "" : `${count} ${count === 1 ? "item" : "items"}`;
  return {
    lines: name === undefined && count === undefined ? [] : [{ name: name ?? "Order", words }],
    total: sum === undefined ? undefined : formatMoney(sum, textOf(currency) ?? ""),
  };
}

function itemOf(value: unknown) {
  const item = objectOf(value);
  return {
    name: textOf(item?.product_retailer_id),
    quantity: numberOf(item?.quantity) ?? 1,
    price: numberOf(item?.item_price),
    currency: textOf(item?.currency) ?? "",
  };
}

function costWords(quantity: number, price: number | undefined, currency: string): string {
  if (price === undefined) return `${quantity} ×`;
  const each = `${quantity} × ${formatMoney(price, currency)}`;
  return quantity === 1 ? each : `${each} = ${formatMoney(quantity * price, currency)}`;
}

function detailsOf(message: Message): Record<string, unknown> | undefined {
  const payload = objectOf(message.payload);
  return objectOf(payload?.details) ?? objectOf(payload?.location) ?? payload;
}
