import { type Static, Type } from "typebox";
import { id, nullableId, paging, time } from "./fields.ts";

export const Attachment = Type.Object(
  {
    id,
    contact_id: nullableId,
    deal_id: nullableId,
    note_id: nullableId,
    email_id: Type.Unsafe<number | null>({ ...nullableId, description: "The first mail that it came or went with." }),
    filename: Type.String(),
    mime_type: Type.String({ description: "What the bytes say." }),
    size_bytes: Type.Integer(),
    url: Type.String({ description: "Where to fetch the file." }),
    uploaded_by: nullableId,
    created_at: time,
  },
  { title: "Attachment" },
);
export type Attachment = Static<typeof Attachment>;

/** On exactly one of the three. */
const subject = { contact_id: Type.Optional(id), deal_id: Type.Optional(id), note_id: Type.Optional(id) };

export const AttachmentQuery = Type.Object({ ...paging, ...subject });
export type AttachmentQuery = Static<typeof AttachmentQuery>;

export const AttachmentUploadQuery = Type.Object({
  ...subject,
  filename: Type.Optional(Type.String({ maxLength: 255 })),
});
export type AttachmentUploadQuery = Static<typeof AttachmentUploadQuery>;
