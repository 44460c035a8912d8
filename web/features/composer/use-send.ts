import { useMutation, useQueryClient } from "@tanstack/react-query";
import { wordsOf } from "../../lib/api/api-error.ts";
import { type Draft, sendMutation } from "../../lib/api/sending.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { restoreDraft } from "./draft-store.ts";

/** Sends from a conversation. What the server refuses is said with the reason, and typed text comes back into the field. */
export function useSend(conversationId: number): (draft: Draft) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    ...sendMutation(client, conversationId),
    // Here and not beside the call, because a dialog that sent has closed by the time of the answer.
    onError: (error, { source, text, key }) => {
      if (source === "typed") restoreDraft(conversationId, { text, key });
      showProblem("Not sent", wordsOf(error));
    },
  });
  return mutate;
}
