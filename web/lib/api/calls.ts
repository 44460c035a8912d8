import { queryOptions } from "@tanstack/react-query";
import type { Activity } from "../../../shared/v1/activity.ts";
import type { NewCall } from "../../../shared/v1/call.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const callsPollMs = 10_000;

/** One person's calls, newest first, planned ones among them. */
export function callsQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "calls"],
    queryFn: ({ signal }) => request<Page<Activity>>(apiPaths.calls({ contact_id: contactId, limit: 50 }), { signal }),
    refetchInterval: pollMs(callsPollMs),
  });
}

export function logCall(call: NewCall, idempotencyKey: string): Promise<Activity> {
  return request(apiPaths.calls({}), { method: "POST", body: call, idempotencyKey });
}
