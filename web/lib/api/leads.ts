import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Stage } from "../../../shared/stages.ts";
import type { BulkOutcome } from "../../../shared/v1/change-set.ts";
import type { Lead, LeadBulk, LeadConversion, LeadCount, LeadPatch, NewLead } from "../../../shared/v1/lead.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

export const leadTabs = ["activity", "emails", "calls", "tasks", "notes"] as const;
export type LeadTab = (typeof leadTabs)[number];

/** `ownerId`: only this member's. */
export type LeadFilter = { q: string; stage: Stage | undefined; ownerId: number | undefined };

/** The server takes no more in one bulk act, and counts no further. */
export const mostLeadsAtOnce = 10_000;

const pageSize = 50;
const bulkTimeoutMs = 60_000;
const listPollMs = 15_000;
const pagePollMs = 5_000;

export function leadListQuery({ q, stage, ownerId }: LeadFilter) {
  return infiniteQueryOptions({
    queryKey: ["leads", "list", q, stage, ownerId],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { q, stage, owner_user_id: ownerId, cursor, limit: pageSize };
      return request<Page<Lead>>(apiPaths.leads(query), { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last: Page<Lead>) => last.next_cursor,
    refetchInterval: pollMs(listPollMs),
    placeholderData: keepPreviousData,
  });
}

/** How many leads there are, loaded or not; words are not counted. */
export function leadCountQuery({ stage, ownerId }: LeadFilter) {
  return queryOptions({
    queryKey: ["leads", "count", stage, ownerId],
    queryFn: ({ signal }) => request<LeadCount>(apiPaths.leadCount({ stage, owner_user_id: ownerId }), { signal }),
  });
}

/** What `changeLeads` takes instead of ids for all that the filter finds. */
export function bulkFilter({ stage, ownerId }: LeadFilter): NonNullable<LeadBulk["filter"]> {
  const narrowed = withoutUndefined({ stage, owner_user_id: ownerId });
  return Object.keys(narrowed).length === 0 ? { all: true } : narrowed;
}

export function leadQuery(id: number) {
  return queryOptions({
    queryKey: ["leads", "one", id],
    queryFn: ({ signal }) => request<Lead>(apiPaths.lead(id), { signal }),
    refetchInterval: pollMs(pagePollMs),
  });
}

export function createLead(input: NewLead, idempotencyKey: string): Promise<Lead> {
  return request(apiPaths.leads({}), { method: "POST", body: input, idempotencyKey });
}

/** Refused with 412 when the lead was changed since. */
export function saveLead(lead: Lead, patch: LeadPatch): Promise<Lead> {
  return request(apiPaths.lead(lead.id), { method: "PATCH", body: patch, ifMatch: `"v${lead.version}"` });
}

export function convertLead(
  id: number,
  choice: LeadConversion,
  idempotencyKey: string,
): Promise<{ lead: Lead; deal_id: number }> {
  return request(apiPaths.leadAct(id, "convert"), { method: "POST", body: choice, idempotencyKey });
}

/** One act on many leads: what happened to each. */
export function changeLeads(body: LeadBulk, idempotencyKey: string): Promise<BulkOutcome> {
  return request(apiPaths.leadsBulk, { method: "POST", body, idempotencyKey, timeoutMs: bulkTimeoutMs });
}
