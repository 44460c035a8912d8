import { type Static, Type } from "typebox";
import { id, nullableId, nullableText, oneOf, time } from "./fields.ts";

export const Media = Type.Object(
  {
    id,
    message_id: nullableId,
    kind: Type.String({ description: "image, video, audio, document or sticker" }),
    status: oneOf(["pending", "stored", "failed", "expired"]),
    mime_type: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "What the bytes say; null until the file is stored.",
    }),
    filename: nullableText,
    size_bytes: Type.Unsafe<number | null>({ type: ["integer", "null"] }),
    error: Type.Unsafe<string | null>({ type: ["string", "null"], description: "Why there is no file, in words." }),
    url: Type.Unsafe<string | null>({ type: ["string", "null"], description: "Where to fetch it, once it is stored." }),
    created_at: time,
  },
  { title: "Media" },
);
export type Media = Static<typeof Media>;

export const MediaUploadQuery = Type.Object({
  kind: Type.Optional(oneOf(["image", "video", "audio", "document", "sticker"])),
  filename: Type.Optional(Type.String({ maxLength: 255 })),
});
export type MediaUploadQuery = Static<typeof MediaUploadQuery>;
