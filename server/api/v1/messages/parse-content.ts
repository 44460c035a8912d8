import type { MediaBody, NewMessage } from "../../../../shared/v1/message.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { invalid } from "../../../domain/domain-error.ts";
import type { OutgoingContent, OutgoingMedia } from "../../../domain/sends/outgoing-content.ts";
import { parseInteractive } from "./parse-interactive.ts";
import { parseComponent } from "./parse-template.ts";

type Body = Omit<NewMessage, "reply_to_message_id" | "reaction">;

/** The content of a request body. A reaction names a message of ours, which is looked up first: `reactsTo`. */
export function parseContent(body: Body & Pick<NewMessage, "reaction">, reactsTo: string | null): OutgoingContent {
  const { type } = body;
  switch (type) {
    case "text": {
      const { body: text, preview_url: previewUrl } = needed(type, body.text);
      return withoutUndefined({ type, text, previewUrl });
    }
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker": {
      const { caption, filename, voice, ...place } = needed(type, body[type]);
      return withoutUndefined({ type, media: parseMedia(type, place), caption, filename, voice });
    }
    case "location":
      return { type, ...needed(type, body.location) };
    case "contacts":
      return { type, contacts: needed(type, body.contacts) };
    case "interactive":
      return { type, interactive: parseInteractive(needed(type, body.interactive)) };
    case "template": {
      const { name, language, components = [] } = needed(type, body.template);
      return { type, name, language, components: components.map(parseComponent) };
    }
    case "reaction": {
      const { emoji } = needed(type, body.reaction);
      if (reactsTo === null)
        throw invalid("reaction.messageId", "reaction.messageId names no message that WhatsApp knows");
      return { type, messageProviderId: reactsTo, emoji };
    }
  }
}

export function parseMedia(path: string, body: MediaBody): OutgoingMedia {
  const { media_id: mediaId, provider_media_id: providerMediaId, link } = body;
  const given = [mediaId, providerMediaId, link].filter((place) => place !== undefined).length;
  if (given !== 1) throw invalid(path, `${path} needs exactly one of media_id, provider_media_id and link`);
  if (mediaId !== undefined) return { mediaId };
  return link === undefined ? { providerMediaId: providerMediaId ?? "" } : { link };
}

export function needed<Value>(path: string, value: Value | undefined): Value {
  if (value === undefined) throw invalid(path, `${path} is required`);
  return value;
}
