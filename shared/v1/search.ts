import { type Static, Type } from "typebox";
import { ContactItem } from "./contact.ts";
import { Deal } from "./deal.ts";
import { id, nullableText, oneOf, paging, time } from "./fields.ts";
import { Task } from "./task.ts";

const q = Type.String({ minLength: 1, maxLength: 200 });

export const FoundMessage = Type.Object({
  id,
  conversation_id: id,
  contact_id: id,
  contact: Type.Object({ name: Type.String(), phone: nullableText }),
  direction: oneOf(["in", "out"]),
  type: Type.String(),
  sent_at: time,
  snippet: Type.Object({
    text: Type.String({ description: "Plain text: escape it when it is shown." }),
    ranges: Type.Array(Type.Object({ start: Type.Integer(), end: Type.Integer() }), {
      description: "What was found, in UTF-16 code units of the text.",
    }),
  }),
});
export type FoundMessage = Static<typeof FoundMessage>;

export const MessageSearchQuery = Type.Object({
  ...paging,
  q: Type.String({
    minLength: 1,
    maxLength: 200,
    description:
      'Words that must all be there, the last may be a beginning; "words in quotes" stand side by side. A page may be short and still have a next one.',
  }),
  conversation_id: Type.Optional(id),
  sort: Type.Optional(oneOf(["newest", "best"])),
});
export type MessageSearchQuery = Static<typeof MessageSearchQuery>;

export const PaletteQuery = Type.Object({
  q,
  limit: Type.Optional(Type.Integer({ minimum: 1, description: "Of each kind; 5 where not said, 20 at most." })),
});
export type PaletteQuery = Static<typeof PaletteQuery>;

export const FoundAnywhere = Type.Object({
  contacts: Type.Array(ContactItem),
  deals: Type.Array(Deal),
  tasks: Type.Array(Task),
  messages: Type.Array(FoundMessage),
});
export type FoundAnywhere = Static<typeof FoundAnywhere>;
