import { booleanOf, listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { PhoneView } from "../../domain/simulator/phone-view.ts";
import type { SimulatedMessage } from "./build-body.ts";

/** What the customer sees of the message they wrote. */
export function customerView({ type, body, referral }: SimulatedMessage): PhoneView {
  const view = viewOf(type, Array.isArray(body) ? {} : body);
  if (type === "contacts") return { cards: listOf(body).map(cardOf) };
  return referral === undefined ? view : { ...view, referral };
}

function viewOf(type: string, body: Record<string, unknown>): PhoneView {
  switch (type) {
    case "text":
      return withoutUndefined({ text: textOf(body.body) });
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker": {
      const media = withoutUndefined({
        kind: type,
        id: textOf(body.id),
        mimeType: textOf(body.mime_type),
        filename: textOf(body.filename),
        voice: booleanOf(body.voice),
      });
      return withoutUndefined({ media, text: textOf(body.caption) });
    }
    case "location": {
      const [latitude, longitude] = [numberOf(body.latitude) ?? 0, numberOf(body.longitude) ?? 0];
      return {
        place: withoutUndefined({ latitude, longitude, name: textOf(body.name), address: textOf(body.address) }),
      };
    }
    case "button":
      return withoutUndefined({ text: textOf(body.text) });
    case "interactive": {
      const reply = objectOf(body[textOf(body.type) ?? ""]);
      return withoutUndefined({ text: textOf(reply?.title) ?? textOf(reply?.body) });
    }
    case "reaction":
      return withoutUndefined({ text: textOf(body.emoji) });
    default:
      return { text: textOf(body.text) ?? `A message of the kind “${type}”` };
  }
}

function cardOf(value: unknown): { name: string; phones: string[] } {
  const card = objectOf(value);
  return {
    name: textOf(objectOf(card?.name)?.formatted_name) ?? "Unnamed contact",
    phones: listOf(card?.phones).flatMap((phone) => textOf(objectOf(phone)?.phone) ?? []),
  };
}
