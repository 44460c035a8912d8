import type { Message } from "../../shared/v1/conversation.ts";

/** A message of a thread, in everything that the case at hand doesn't care about. */
export function message(id: number, fields: Partial<Message> = {}): Message {
  return {
    id,
    conversation_id: 1,
    contact_id: 1,
    direction: "in",
    origin: "person",
    type: "text",
    text: `Message ${id}`,
    payload: null,
    media: null,
    attachments: [],
    provider_id: `wamid.${id}`,
    reply_to_provider_id: null,
    intents: [],
    author_user_id: null,
    template_id: null,
    status: null,
    status_reason: null,
    sent_at: `2026-11-21T10:${String(id % 60).padStart(2, "0")}:00Z`,
    accepted_at: null,
    sent_to_network_at: null,
    delivered_at: null,
    read_at: null,
    played_at: null,
    failed_at: null,
    error: null,
    edited_at: null,
    revoked_at: null,
    ...fields,
  };
}
