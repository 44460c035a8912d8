import { useMutation, useQueryClient } from "@tanstack/react-query";
import { wordsOf } from "../../lib/api/api-error.ts";
import { type Draft, sendMutation } from "../../lib/api/sending.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { restoreDraft } from "./draft-store.ts";

/** Sends from a conversation. What the server refuses comes back into the field, with the reason. */
export function useSend(conversationId: number): (draft: Draft, options?: { restore: boolean }) => void {
  const client = useQueryClient();
  const { mutate } = useMutation(sendMutation(client, conversationId));
  return (draft, { restore } = { restore: false }) =>
    mutate(draft, {
      onError: (error) => {
        if (restore) restoreDraft(conversationId, { text: draft.text, key: draft.key });
        showProblem("Not sent", wordsOf(error));
      },
    });
}
