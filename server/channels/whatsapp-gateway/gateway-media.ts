import { booleanOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";

export function gatewayMedia(type: string, fields: Record<string, unknown>): MessageContent {
  const caption = textOf(fields.caption);
  const media = withoutUndefined({
    url: textOf(fields.url),
    mimeType: textOf(fields.mimetype),
    // Bytes in some gateways, base64 in others; only the text is kept.
    sha256: typeof fields.fileSha256 === "string" ? textOf(fields.fileSha256) : undefined,
    filename: textOf(fields.fileName) ?? textOf(fields.title),
    caption,
    voice: booleanOf(fields.ptt),
    animated: booleanOf(fields.isAnimated),
  });
  return withoutUndefined({ type, text: caption, media });
}
