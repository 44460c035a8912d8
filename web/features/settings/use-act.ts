import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeRefusal } from "../../lib/api/api-error.ts";
import { showProblem } from "../../ui/undo-toast.tsx";

type Act<Input, Output> = {
  run: (input: Input) => Promise<Output>;
  /** The queries that it makes old, by the beginning of their keys. */
  renews: string;
  /** "The team was not saved", before the reason. */
  failed: string;
  done?: (output: Output, input: Input) => void;
};

/** One act on the settings: a refusal says why, and what is shown is asked anew. */
export function useAct<Output, Input = void>({ run, renews, failed, done }: Act<Input, Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (output, input) => done?.(output, input),
    onError: (error) => showProblem(failed, changeRefusal(error)),
    // Under way until the list knows of it: what is shown meanwhile does not fall back in between.
    onSettled: () => client.invalidateQueries({ queryKey: [renews] }),
  });
}
