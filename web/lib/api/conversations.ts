import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

export type ConversationFilter = { status: "open" | "closed" | "all"; q: string };

/** A mailbox's conversation: no window, no templates, and what is typed goes out as a mail. */
export function isMail({ channel }: Pick<Conversation, "channel">): boolean {
  return channel.provider === "email";
}

const pageSize = 30;
export const listPollMs = 3_000;

export function conversationsQuery(filter: ConversationFilter) {
  return infiniteQueryOptions({
    queryKey: ["conversations", "list", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        status: filter.status === "all" ? undefined : filter.status,
        q: filter.q,
        cursor: pageParam,
        limit: pageSize,
      };
      return request<Page<Conversation>>(apiPaths.conversations(query), { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last: Page<Conversation>) => last.next_cursor,
    // A renewal asks for every loaded page, so a reader deep in the list gets it less often, at about one request a second.
    refetchInterval: (query) => pollMs(listPollMs)() * Math.max(1, (query.state.data?.pages.length ?? 1) / 3),
    placeholderData: keepPreviousData,
  });
}

/** Lets go of what was scrolled through, once its reader is back at the top. */
export function keepFirstPage(client: QueryClient, filter: ConversationFilter): void {
  client.setQueryData(conversationsQuery(filter).queryKey, (loaded) => {
    if (!loaded || loaded.pages.length < 3) return loaded;
    return { pages: loaded.pages.slice(0, 1), pageParams: loaded.pageParams.slice(0, 1) };
  });
}

export function conversationQuery(id: number) {
  return queryOptions({
    queryKey: ["conversations", "one", id],
    queryFn: ({ signal }) => request<Conversation>(apiPaths.conversation(id), { signal }),
    refetchInterval: pollMs(listPollMs),
  });
}

/** One person's conversations, last message first. */
export function conversationsOfContactQuery(contactId: number) {
  return queryOptions({
    queryKey: ["conversations", "contact", contactId],
    queryFn: ({ signal }) =>
      request<Page<Conversation>>(apiPaths.conversations({ contact_id: contactId, limit: 1 }), { signal }),
  });
}

export type ConversationAct = "close" | "reopen" | "snooze" | "assign";

/** One act of a person on a conversation; gives it as it stands then. */
export function actOnConversation(id: number, act: ConversationAct, body: object = {}): Promise<Conversation> {
  return request(apiPaths.conversationAct(id, act), { method: "POST", body });
}

export function switchBot(id: number, enabled: boolean): Promise<Conversation> {
  return request(apiPaths.conversation(id), { method: "PATCH", body: { bot_enabled: enabled } });
}

/** What came in after the newest message on the screen stays unread. */
export function markConversationRead({ id, upTo }: { id: number; upTo: string }): Promise<Conversation> {
  return request(apiPaths.readConversation(id), { method: "POST", body: { up_to: upTo } });
}
