import { useMutationState } from "@tanstack/react-query";
import { objectOf, textOf } from "../../../shared/json.ts";
import type { Message } from "../../../shared/v1/conversation.ts";
import { sendingKey } from "../../lib/api/sending.ts";

type Pending = { text: string; type: string; submittedAt: number };

/** What was sent from this page and is not with the server yet; shown at once, as waiting. */
export function usePendingMessages(conversationId: number): Message[] {
  const pending = useMutationState<Pending>({
    filters: { mutationKey: sendingKey(conversationId), status: "pending" },
    select: ({ state }) => {
      const draft = objectOf(state.variables);
      const type = textOf(objectOf(draft?.body)?.type) ?? "text";
      return { text: textOf(draft?.text) ?? "", type, submittedAt: state.submittedAt };
    },
  });
  return pending.map((draft, index) => shownAs(conversationId, draft, -1 - index));
}

function shownAs(conversationId: number, { text, type, submittedAt }: Pending, id: number): Message {
  return {
    id,
    conversation_id: conversationId,
    contact_id: 0,
    direction: "out",
    origin: "user",
    type,
    text,
    payload: null,
    media: null,
    attachments: [],
    provider_id: null,
    reply_to_provider_id: null,
    intents: [],
    author_user_id: null,
    status: "queued",
    status_reason: null,
    sent_at: new Date(submittedAt).toISOString(),
    template_id: null,
    accepted_at: null,
    sent_to_network_at: null,
    delivered_at: null,
    read_at: null,
    played_at: null,
    failed_at: null,
    error: null,
    edited_at: null,
    revoked_at: null,
  };
}
