import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Lead, LeadBulk } from "../../../shared/v1/lead.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { undoChangeSet } from "../../lib/api/change-sets.ts";
import { changeLeads } from "../../lib/api/leads.ts";
import type { Page } from "../../lib/api/page.ts";
import { randomKey } from "../../lib/random-key.ts";
import { showNotDone, showProblem, showUndo } from "../../ui/undo-toast.tsx";
import { outcomeWords, undoWords } from "./bulk-words.ts";

export type BulkChange = {
  /** Those on the screen. */
  leads: Lead[];
  /** Which on the server, where not just these. */
  filter: LeadBulk["filter"];
  action: Pick<LeadBulk, "action" | "owner_user_id" | "stage">;
  /** What the rows show until the server has answered. */
  shown: Partial<Pick<Lead, "owner_user_id" | "owner_name" | "stage">>;
  /** "given to Olga", after "3 leads". */
  done: string;
};

const listKey = ["leads", "list"];
type Loaded = InfiniteData<Page<Lead>>;

/** Changes many leads at once on the screen, then on the server; what was left alone stays chosen, and all can be taken back. */
export function useBulkChange(onLeft: (ids: number[]) => void): {
  change: (change: BulkChange) => void;
  busy: boolean;
} {
  const client = useQueryClient();
  const renew = () => {
    void client.invalidateQueries({ queryKey: ["leads"] });
    void client.invalidateQueries({ queryKey: ["contacts"] });
  };
  const undo = useMutation({
    mutationFn: ({ id }: { id: number; leads: Lead[] }) => undoChangeSet(id),
    onSuccess: (taken, { leads }) => {
      const { message, notDone } = undoWords(taken, leads);
      showNotDone(message, notDone);
    },
    onError: (error) => showProblem("The change was not taken back", wordsOf(error)),
    onSettled: renew,
  });
  const { mutate, isPending } = useMutation({
    mutationFn: ({ leads, filter, action }: BulkChange) =>
      changeLeads({ ...action, ...(filter ? { filter } : { ids: leads.map(({ id }) => id) }) }, randomKey()),
    onMutate: ({ leads, shown }) => {
      void client.cancelQueries({ queryKey: listKey });
      const before = client.getQueriesData<Loaded>({ queryKey: listKey });
      const ids = new Set(leads.map(({ id }) => id));
      client.setQueriesData<Loaded>({ queryKey: listKey }, (loaded) => loaded && withShown(loaded, ids, shown));
      return { before };
    },
    onError: (error, _change, context) => {
      for (const [key, loaded] of context?.before ?? []) client.setQueryData(key, loaded);
      showProblem("No lead was changed", wordsOf(error));
    },
    onSuccess: (outcome, { leads, done }) => {
      const { message, notDone } = outcomeWords(outcome, leads, done);
      onLeft(outcome.changes.filter(({ result }) => result === "skipped").map(({ id }) => id));
      if (outcome.changed_count === 0) showNotDone(message, notDone);
      else showUndo(message, () => undo.mutate({ id: outcome.id, leads }), notDone);
    },
    onSettled: renew,
  });
  return { change: mutate, busy: isPending };
}

function withShown(loaded: Loaded, ids: ReadonlySet<number>, shown: BulkChange["shown"]): Loaded {
  return {
    ...loaded,
    pages: loaded.pages.map((page) => ({
      ...page,
      data: page.data.map((lead) => (ids.has(lead.id) ? { ...lead, ...shown } : lead)),
    })),
  };
}
