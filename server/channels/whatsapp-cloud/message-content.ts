import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";
import { providerIdOf } from "../../domain/conversations/provider-id.ts";
import { interactiveContent } from "./interactive-content.ts";
import { mediaContent } from "./media-content.ts";
import { providerErrors } from "./provider-errors.ts";
import { contactsContent, locationContent } from "./shared-card-content.ts";

type TypedContent = Omit<MessageContent, "type" | "errors">;
type RawMessage = Record<string, unknown>;

const typesByTheirBody = [
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
];

/** What a message carries, whatever its type; an unknown type keeps its word and its structure. */
export function messageContent(message: RawMessage): MessageContent {
  const type = textOf(message.type) ?? typesByTheirBody.find((word) => message[word] !== undefined) ?? "unknown";
  const content = typedContent(type, message);
  const product = objectOf(message.context)?.referred_product;
  return withoutUndefined({
    type,
    ...content,
    // Which product a question is about; text messages carry it in their context.
    details:
      product === undefined ? content.details : jsonOf({ ...objectOf(content.details), referred_product: product }),
    errors: providerErrors(message.errors),
  });
}

function typedContent(type: string, message: RawMessage): TypedContent {
  // A made-up type like "constructor" must not find what every object inherits.
  const raw = Object.hasOwn(message, type) ? message[type] : undefined;
  const body = objectOf(raw);
  switch (type) {
    case "text":
      return withoutUndefined({ text: textOf(body?.body) });
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return mediaContent(body ?? {});
    case "interactive":
      return interactiveContent(body ?? {});
    case "button":
      return withoutUndefined({ text: textOf(body?.text), payload: textOf(body?.payload) });
    case "reaction":
      return withoutUndefined({ text: textOf(body?.emoji), reactsTo: providerIdOf(body?.message_id) });
    case "location":
      return locationContent(body ?? {});
    case "contacts":
      return contactsContent(message.contacts);
    case "order":
      return withoutUndefined({ text: textOf(body?.text), details: jsonOf(body) });
    case "request_welcome":
      return {};
    case "unsupported":
      return withoutUndefined({ details: body === undefined ? undefined : jsonOf(body) });
    default:
      return untypedContent(raw ?? message);
  }
}

function untypedContent(body: unknown): TypedContent {
  const fields = objectOf(body) ?? {};
  return withoutUndefined({ text: textOf(fields.body) ?? textOf(fields.caption), details: jsonOf(body) });
}
