import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Event as JournalEvent } from "../../../shared/v1/event.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const timelinePollMs = 5_000;

/** `types` narrows to these event types; none means all. */
export function timelineQuery(contactId: number, types: readonly string[]) {
  return infiniteQueryOptions({
    queryKey: ["contacts", contactId, "timeline", types],
    queryFn: ({ pageParam, signal }) => {
      const path = apiPaths.timeline(contactId, { types: types.join(","), cursor: pageParam, limit: 20 });
      return request<Page<JournalEvent>>(path, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last: Page<JournalEvent>) => last.next_cursor,
    refetchInterval: pollMs(timelinePollMs),
  });
}
