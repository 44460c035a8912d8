import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Lead, LeadPatch } from "../../../shared/v1/lead.ts";
import { changeRefusal } from "../../lib/api/api-error.ts";
import { leadQuery, saveLead } from "../../lib/api/leads.ts";
import { showProblem, showUndo } from "../../ui/undo-toast.tsx";

type Change = { patch: LeadPatch; done?: { words: string; undo: LeadPatch } | undefined };

/** Saves at once; a refusal says why and leaves what the server has; what can be taken back offers Undo. */
export function useLeadChange(leadId: number): (change: Change) => void {
  const client = useQueryClient();
  const { queryKey } = leadQuery(leadId);
  const { mutate } = useMutation({
    mutationFn: async ({ patch }: Change) => {
      const lead = await client.fetchQuery({ ...leadQuery(leadId), staleTime: Number.POSITIVE_INFINITY });
      return saveLead(lead, patch);
    },
    onSuccess: (saved: Lead, { done }) => {
      client.setQueryData(queryKey, saved);
      if (done) showUndo(done.words, () => mutate({ patch: done.undo }));
    },
    onError: (error) => showProblem("The lead was not changed", changeRefusal(error)),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["leads"] });
      void client.invalidateQueries({ queryKey: ["contacts"] });
    },
  });
  return mutate;
}
