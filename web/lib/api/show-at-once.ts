import type { DataTag, QueryClient, QueryKey } from "@tanstack/react-query";

/** What was on the screen before, and the way back to it. */
export type Shown<Data> = { before: Data | undefined; takeBack: () => void };

/**
 * Shows a change before the server has answered. A poll under way is put aside and not waited for, so that the change does not lag
 * behind the finger.
 */
export function showAtOnce<Data>(
  client: QueryClient,
  queryKey: DataTag<QueryKey, Data, Error>,
  change: (data: Data) => Data,
): Shown<Data> {
  void client.cancelQueries({ queryKey });
  const before = client.getQueryData<Data>(queryKey);
  if (before !== undefined) client.setQueryData<Data>(queryKey, change(before));
  return { before, takeBack: () => before !== undefined && client.setQueryData<Data>(queryKey, before) };
}
