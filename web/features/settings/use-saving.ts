import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { randomKey } from "../../lib/random-key.ts";

type Saving<Output> = {
  /** `key`: a POST under it happens once. */
  save: (key: string) => Promise<Output>;
  /** The queries that it makes old, by the beginning of their keys. */
  renews: string;
  done?: (saved: Output) => unknown;
};

/** Sends what a form holds; a refusal stays with the form, beside what was typed. */
export function useSaving<Output>({ save, renews, done }: Saving<Output>) {
  const client = useQueryClient();
  const [key] = useState(randomKey);
  return useMutation({
    mutationFn: () => save(key),
    onSuccess: (saved) => done?.(saved),
    onSettled: () => void client.invalidateQueries({ queryKey: [renews] }),
  });
}
