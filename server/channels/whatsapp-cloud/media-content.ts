import { booleanOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";

/** Image, video, audio, document, sticker. */
export function mediaContent(body: Record<string, unknown>): Pick<MessageContent, "text" | "media"> {
  const caption = textOf(body.caption);
  const media = withoutUndefined({
    id: textOf(body.id),
    url: textOf(body.url) ?? textOf(body.link),
    mimeType: textOf(body.mime_type),
    sha256: textOf(body.sha256),
    filename: textOf(body.filename),
    caption,
    voice: booleanOf(body.voice),
    animated: booleanOf(body.animated),
  });
  return withoutUndefined({ text: caption, media });
}
