import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Message } from "../../../shared/v1/conversation.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import { mergeMessages } from "./merge-messages.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

/** What of a thread is on this page: oldest first, with the way to what came before. */
export type LoadedThread = { messages: Message[]; olderCursor: string | null };

const pageSize = 50;
const threadPollMs = 2_500;

const threadKey = (conversationId: number) => ["messages", conversationId] as const;

/**
 * The newest page, asked again every few seconds and laid over what is loaded: history a reader scrolled up to stays and is not
 * fetched again. A status that changes on a message older than the newest page shows after a reload.
 */
export function threadQuery(conversationId: number) {
  return queryOptions({
    queryKey: threadKey(conversationId),
    queryFn: async ({ signal, client }): Promise<LoadedThread> => {
      const newest = await fetchPage(conversationId, undefined, signal);
      return mergeMessages(client.getQueryData<LoadedThread>(threadKey(conversationId)), newest);
    },
    refetchInterval: pollMs(threadPollMs),
  });
}

export async function loadOlder(client: QueryClient, conversationId: number, cursor: string): Promise<void> {
  const page = await fetchPage(conversationId, cursor);
  client.setQueryData<LoadedThread>(threadKey(conversationId), (loaded) => {
    if (loaded?.olderCursor !== cursor) return loaded;
    return { messages: [...page.messages, ...loaded.messages], olderCursor: page.olderCursor };
  });
}

/** A message that was just sent, without waiting for the next page. */
export function addMessage(client: QueryClient, message: Message): void {
  client.setQueryData<LoadedThread>(threadKey(message.conversation_id), (loaded) => {
    if (!loaded || loaded.messages.some(({ id }) => id === message.id)) return loaded;
    return { ...loaded, messages: [...loaded.messages, message] };
  });
}

async function fetchPage(conversationId: number, cursor?: string, signal?: AbortSignal): Promise<LoadedThread> {
  const path = apiPaths.messages(conversationId, { cursor, limit: pageSize });
  const page = await request<Page<Message>>(path, signal ? { signal } : {});
  return { messages: page.data.toReversed(), olderCursor: page.next_cursor };
}
