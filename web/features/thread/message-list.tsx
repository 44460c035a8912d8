import { Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Message } from "../../../shared/v1/conversation.ts";
import { type LoadedThread, loadOlder } from "../../lib/api/messages.ts";
import { dayName } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { MessageBubble } from "./message-bubble.tsx";
import classes from "./message-list.module.css";
import { type ThreadItem, threadItems } from "./thread-items.ts";

/** `pending`: what was sent from this page and is on its way to the server. */
type Props = { conversationId: number; thread: LoadedThread; pending: Message[] };

/** The bubbles, virtual: stays at the end while new ones come in, and in its place while older ones are loaded. */
export function MessageList({ conversationId, thread, pending }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => threadItems([...thread.messages, ...pending]), [thread.messages, pending]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(items[index]),
    getItemKey: (index) => items[index]?.id ?? index,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 80,
    overscan: 12,
    paddingStart: 12,
    paddingEnd: 16,
  });
  useLayoutEffect(() => virtual.scrollToEnd(), [virtual]);
  useEndOnResize(scroller, virtual);
  useEndOnSending(pending.length, virtual);
  const rows = virtual.getVirtualItems();
  const nearTop = (rows[0]?.index ?? 0) < 10 && virtual.scrollDirection === "backward";
  const loadingOlder = useOlderMessages(conversationId, thread.olderCursor, nearTop || items.length < 15);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label="Messages">
      {loadingOlder && <Loader className={classes.older} size="xs" aria-label="Loading older messages" />}
      <div className={classes.inner} style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => (
          <div
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            className={classes.item}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            <Item item={items[row.index]} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Item({ item }: { item: ThreadItem | undefined }) {
  const now = useNow(60_000);
  if (!item) return null;
  if (item.kind === "message") return <MessageBubble {...item} />;
  return (
    <div className={classes.day}>
      <time dateTime={item.at}>{dayName(item.at, now)}</time>
    </div>
  );
}

/** A reader at the end stays there when the pane gets narrower or lower. */
function useEndOnResize(scroller: RefObject<HTMLElement | null>, virtual: Virtualizer<HTMLDivElement, Element>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let atEnd = true;
    const note = () => {
      atEnd = virtual.isAtEnd(80);
    };
    const observer = new ResizeObserver(() => atEnd && virtual.scrollToEnd());
    observer.observe(element);
    element.addEventListener("scroll", note, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", note);
    };
  }, [scroller, virtual]);
}

/** Who sends wants to see it, wherever they had scrolled to. */
function useEndOnSending(sending: number, virtual: Virtualizer<HTMLDivElement, Element>): void {
  useEffect(() => {
    if (sending > 0) virtual.scrollToEnd();
  }, [sending, virtual]);
}

function useOlderMessages(conversationId: number, cursor: string | null, wanted: boolean): boolean {
  const client = useQueryClient();
  const [loading, setLoading] = useState(false);
  useEffect(() => {
    if (!wanted || cursor === null || loading) return;
    setLoading(true);
    loadOlder(client, conversationId, cursor)
      // The next scroll asks again; the banner says when the server is away.
      .catch(() => undefined)
      .finally(() => setLoading(false));
  }, [client, conversationId, cursor, wanted, loading]);
  return loading;
}

function estimate(item: ThreadItem | undefined): number {
  if (!item || item.kind === "day") return 44;
  return 52 + Math.floor((item.message.text?.length ?? 0) / 60) * 20;
}
