import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Conversation, Message } from "../../../shared/v1/conversation.ts";
import { conversationQuery, markConversationRead } from "../../lib/api/conversations.ts";

/** An open thread on a visible tab is read up to its newest message; told once for each. */
export function useReading(conversation: Conversation | undefined, newest: Message | undefined): void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: markConversationRead,
    onSuccess: (read) => {
      client.setQueryData(conversationQuery(read.id).queryKey, read);
      return client.invalidateQueries({ queryKey: ["conversations", "list"] });
    },
  });
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (!conversation || !newest || conversation.unread_count === 0 || document.hidden) return;
    const upTo = newest.sent_at;
    if (told.current === upTo) return;
    told.current = upTo;
    mutate({ id: conversation.id, upTo });
  }, [conversation, newest, mutate]);
}
