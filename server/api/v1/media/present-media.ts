import type * as View from "../../../../shared/v1/media.ts";
import type { Media } from "../../../domain/media/get-media.ts";

export function presentMedia(media: Media): View.Media {
  return {
    id: media.id,
    message_id: media.messageId,
    kind: media.kind ?? "document",
    status: media.status,
    mime_type: media.mimeType,
    filename: media.filename,
    size_bytes: media.sizeBytes,
    error: media.error,
    url: media.status === "stored" ? `/v1/media/${media.id}` : null,
    created_at: media.createdAt,
  };
}
