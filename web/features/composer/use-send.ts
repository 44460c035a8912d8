import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isUnanswered, wordsOf } from "../../lib/api/api-error.ts";
import { type Draft, sendMutation } from "../../lib/api/sending.ts";
import { hideProblem, showProblem } from "../../ui/undo-toast.tsx";
import { restoreDraft } from "./draft-store.ts";

/**
 * Sends from a conversation. What the server refuses is said with the reason, and typed text comes back into the field. Where no answer
 * came, it may have been taken all the same.
 */
export function useSend(conversationId: number): (draft: Draft) => void {
  const client = useQueryClient();
  const sending = sendMutation(client, conversationId);
  const problem = `not-sent-${conversationId}`;
  const { mutate } = useMutation({
    ...sending,
    onSuccess: (sent) => {
      sending.onSuccess(sent);
      hideProblem(problem);
    },
    // Here and not beside the call, because a dialog that sent has closed by the time of the answer.
    onError: (error, { source, text, key }) => {
      if (source === "typed") restoreDraft(conversationId, { text, key });
      if (isUnanswered(error)) showProblem("Perhaps not sent", `${wordsOf(error)} ${hints[source]}`, problem);
      else showProblem("Not sent", wordsOf(error), problem);
    },
  });
  return mutate;
}

const lookFirst = "Look at the conversation before you send it again.";
const hints: Record<Draft["source"], string> = {
  typed: "Send it again as it stands: it goes out once only.",
  file: lookFirst,
  template: lookFirst,
};
