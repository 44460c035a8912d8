import { queryOptions } from "@tanstack/react-query";
import type { QuickReply } from "../../../shared/v1/quick-reply.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

export const quickRepliesQuery = queryOptions({
  queryKey: ["quick-replies"],
  queryFn: ({ signal }) => request<{ data: QuickReply[] }>(apiPaths.quickReplies, { signal }),
  staleTime: 60_000,
});

/** A quick reply with the person's own words put in; counts as used. */
export function renderQuickReply(id: number, conversationId: number): Promise<{ text: string; missing: string[] }> {
  return request(apiPaths.renderQuickReply(id), { method: "POST", body: { conversation_id: conversationId } });
}
