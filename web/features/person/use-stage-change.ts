import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Stage } from "../../../shared/stages.ts";
import { hasStatus, wordsOf } from "../../lib/api/api-error.ts";
import { contactQuery, setStage } from "../../lib/api/contacts.ts";
import { showAtOnce } from "../../lib/api/show-at-once.ts";
import { stageWords } from "../../lib/stage-words.ts";
import { showProblem, showUndo } from "../../ui/undo-toast.tsx";

type Change = { to: Stage; undoing: "no" | "yes" };

/** Shows the new stage at once; a refusal puts the old one back and says why, a success can be undone. */
export function useStageChange(contactId: number): (to: Stage) => void {
  const client = useQueryClient();
  const { queryKey } = contactQuery(contactId);
  const change = useMutation({
    mutationFn: async ({ to }: Change) =>
      setStage(await client.fetchQuery({ ...contactQuery(contactId), staleTime: Number.POSITIVE_INFINITY }), to),
    onMutate: ({ to }: Change) => showAtOnce(client, queryKey, (contact) => ({ ...contact, stage: to })),
    onError: (error, _change, shown) => {
      shown?.takeBack();
      showProblem("The stage was not changed", reasonOf(error));
    },
    onSuccess: (saved, { undoing }, { before }) => {
      client.setQueryData(queryKey, saved);
      if (undoing === "yes" || !before) return;
      showUndo(`${before.name || "The person"} moved to ${stageWords[saved.stage]}.`, () =>
        change.mutate({ to: before.stage, undoing: "yes" }),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["contacts", contactId] }),
  });
  return (to) => change.mutate({ to, undoing: "no" });
}

function reasonOf(error: unknown): string {
  if (hasStatus(error, 412))
    return "Somebody changed this person at the same moment. The card now shows their version; please choose again.";
  return wordsOf(error);
}
