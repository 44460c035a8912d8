import { type Static, Type } from "typebox";
import type { Json } from "../json.ts";
import { Attachment } from "./attachment.ts";
import { id, nullableId, nullableText, nullableTime, oneOf, paging, time, version } from "./fields.ts";
import { Media } from "./media.ts";

export const Conversation = Type.Object(
  {
    id,
    contact_id: id,
    contact: Type.Object({ name: Type.String(), phone: nullableText, avatar_url: nullableText }),
    channel: Type.Object({ id, provider: Type.String(), name: Type.String() }),
    status: Type.String({ description: "open, snoozed or closed" }),
    assignee_user_id: nullableId,
    snoozed_until: nullableTime,
    bot_enabled: Type.Boolean(),
    unread_count: Type.Integer(),
    last_message_at: nullableTime,
    last_message_text: nullableText,
    last_message_type: nullableText,
    last_message_direction: nullableText,
    last_inbound_at: nullableTime,
    last_outbound_at: nullableTime,
    window_expires_at: nullableTime,
    closed_at: nullableTime,
    version,
    created_at: time,
    updated_at: time,
  },
  { title: "Conversation" },
);
export type Conversation = Static<typeof Conversation>;

const json = Type.Unsafe<Json>({});

export const Message = Type.Object(
  {
    id,
    conversation_id: id,
    contact_id: id,
    direction: oneOf(["in", "out"]),
    origin: Type.String(),
    type: Type.String(),
    text: nullableText,
    payload: json,
    provider_id: nullableText,
    reply_to_provider_id: nullableText,
    intents: Type.Array(Type.String()),
    author_user_id: nullableId,
    template_id: nullableId,
    status: nullableText,
    status_reason: { ...nullableText, description: "In words: why it waits, why it failed." },
    sent_at: time,
    accepted_at: nullableTime,
    sent_to_network_at: {
      ...nullableTime,
      description: "When WhatsApp said that it is on its way; sent_at is when it was written.",
    },
    delivered_at: nullableTime,
    read_at: nullableTime,
    played_at: nullableTime,
    failed_at: nullableTime,
    error: json,
    edited_at: nullableTime,
    revoked_at: nullableTime,
    media: Type.Union([Media, Type.Null()]),
    attachments: Type.Array(Attachment, { description: "A mail's files; of other messages see media." }),
  },
  { title: "Message" },
);
export type Message = Static<typeof Message>;

export const ConversationQuery = Type.Object({
  ...paging,
  status: Type.Optional(oneOf(["open", "snoozed", "closed"])),
  contact_id: Type.Optional(id),
  assignee_user_id: Type.Optional(id),
  mine: Type.Optional(Type.Boolean({ description: "Only what is assigned to the user who asks." })),
  unassigned: Type.Optional(Type.Boolean()),
  unread: Type.Optional(Type.Boolean({ description: "Only where something waits to be read." })),
  q: Type.Optional(
    Type.String({
      maxLength: 200,
      description: "As /v1/contacts finds people: any part of name, phone (in any spelling), mail or organization.",
    }),
  ),
});
export type ConversationQuery = Static<typeof ConversationQuery>;

/** The newest message that was on the screen. */
export const Reading = Type.Object({ up_to: time });
export type Reading = Static<typeof Reading>;

export const Assignment = Type.Object({ user_id: nullableId });
export type Assignment = Static<typeof Assignment>;

export const Snooze = Type.Object({ until: time });
export type Snooze = Static<typeof Snooze>;

export const ConversationPatch = Type.Object({ bot_enabled: Type.Optional(Type.Boolean()) });
export type ConversationPatch = Static<typeof ConversationPatch>;

export const MessageQuery = Type.Object(paging);
