import { queryOptions } from "@tanstack/react-query";
import type { Deal } from "../../../shared/v1/deal.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const dealsPollMs = 5_000;

export function dealsQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "deals"],
    queryFn: ({ signal }) => request<Page<Deal>>(apiPaths.deals({ contact_id: contactId, limit: 50 }), { signal }),
    refetchInterval: pollMs(dealsPollMs),
  });
}
