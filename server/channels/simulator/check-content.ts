import { listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { Ctx } from "../../domain/context.ts";
import type { PhoneView } from "../../domain/simulator/phone-view.ts";
import { checkInteractive } from "./check-interactive.ts";
import { checkMedia } from "./check-media.ts";
import { optionalText, requiredText } from "./check-text.ts";
import { missing, notValid } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";

/** What a message other than a template says, as the phone shows it; refused where Meta would. */
export async function checkContent(ctx: Ctx, type: string, message: Record<string, unknown>): Promise<PhoneView> {
  const content = message[type];
  switch (type) {
    case "text":
      return { text: requiredText(objectOf(content)?.body, "text['body']", 4096) };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker": {
      const text = optionalText(objectOf(content)?.caption, `${type}['caption']`, 1024);
      if (text !== undefined && (type === "audio" || type === "sticker"))
        throw new GraphRefusal(100, `Unexpected key "caption" on param "${type}".`);
      return withoutUndefined({ media: await checkMedia(ctx, type, content), text });
    }
    case "location":
      return { place: placeOf(content) };
    case "contacts":
      return { cards: cardsOf(content) };
    case "interactive":
      return checkInteractive(ctx, content);
    case "reaction": {
      const reaction = objectOf(content);
      if (typeof reaction?.emoji !== "string") throw missing("reaction['emoji']");
      return withoutUndefined({ text: reaction.emoji === "" ? undefined : reaction.emoji });
    }
    default:
      throw new GraphRefusal(
        100,
        "Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO}.",
      );
  }
}

function placeOf(value: unknown): NonNullable<PhoneView["place"]> {
  const place = objectOf(value);
  const latitude = numberOf(place?.latitude);
  const longitude = numberOf(place?.longitude);
  if (latitude === undefined) throw missing("location['latitude']");
  if (longitude === undefined) throw missing("location['longitude']");
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw notValid("location is not on this planet");
  return withoutUndefined({ latitude, longitude, name: textOf(place?.name), address: textOf(place?.address) });
}

function cardsOf(value: unknown): NonNullable<PhoneView["cards"]> {
  const cards = listOf(value).map((item, index) => {
    const card = objectOf(item);
    const name = textOf(objectOf(card?.name)?.formatted_name);
    if (name === undefined) throw missing(`contacts[${index}]['name']['formatted_name']`);
    return { name, phones: listOf(card?.phones).flatMap((phone) => textOf(objectOf(phone)?.phone) ?? []) };
  });
  if (cards.length === 0) throw missing("contacts");
  return cards;
}
