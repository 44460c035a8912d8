import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { type ConversationFilter, conversationsQuery, keepFirstPage } from "../../lib/api/conversations.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { ListSkeleton } from "../../ui/list-skeleton.tsx";
import classes from "../../ui/virtual-rows.module.css";
import { ConversationRow } from "./conversation-row.tsx";
import { NoConversations } from "./no-conversations.tsx";
import { useListKeys } from "./use-list-keys.ts";

type Props = {
  filter: ConversationFilter;
  selectedId: number | undefined;
  onShowAll: () => void;
  onOpenSimulator: () => void;
};

const rowHeight = 72;

/** The conversations, newest first, virtual, renewed every few seconds. */
export function ConversationList({ filter, selectedId, onShowAll, onOpenSimulator }: Props) {
  const client = useQueryClient();
  const query = useInfiniteQuery(conversationsQuery(filter));
  const conversations = useMemo(
    () => withoutRepeats(query.data?.pages.flatMap((page) => page.data) ?? []),
    [query.data],
  );
  if (query.isError && !query.data) {
    return <ErrorState what="The conversations" error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <ListSkeleton label="Loading conversations" />;
  if (conversations.length === 0)
    return <NoConversations filter={filter} onShowAll={onShowAll} onOpenSimulator={onOpenSimulator} />;
  return (
    <Rows
      conversations={conversations}
      selectedId={selectedId}
      onTop={() => keepFirstPage(client, filter)}
      onEnd={() => {
        if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
      }}
    />
  );
}

type RowsProps = {
  conversations: Conversation[];
  selectedId: number | undefined;
  onTop: () => void;
  onEnd: () => void;
};

function Rows({ conversations, selectedId, onTop, onEnd }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(30_000);
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => conversations[index]?.id ?? index,
    overscan: 8,
  });
  const noteFocus = useListKeys({
    conversations,
    selectedId,
    scroller,
    scrollTo: (index) => virtual.scrollToIndex(index),
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= conversations.length - 5) onEnd();
  }, [lastShown, conversations.length, onEnd]);
  const atTop = rows[0]?.index === 0;
  const leaveRest = useEffectEvent(onTop);
  useEffect(() => {
    if (atTop) leaveRest();
  }, [atTop]);
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }} aria-label="Conversations">
        {rows.map((row) => {
          const conversation = conversations[row.index];
          return (
            conversation && (
              <li key={row.key} className={classes.item} style={{ transform: `translateY(${row.start}px)` }}>
                <ConversationRow
                  conversation={conversation}
                  now={now}
                  selected={conversation.id === selectedId}
                  onFocus={() => noteFocus(conversation.id)}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** A conversation that moved to the top between two pages stands on both. */
function withoutRepeats(conversations: Conversation[]): Conversation[] {
  return [...new Map(conversations.map((conversation) => [conversation.id, conversation])).values()];
}
