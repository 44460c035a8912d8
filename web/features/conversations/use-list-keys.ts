import { type RefObject, useEffect, useRef } from "react";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { useKeys } from "../../lib/use-keys.ts";

type ListKeys = {
  conversations: Conversation[];
  selectedId: number | undefined;
  scroller: RefObject<HTMLElement | null>;
  scrollTo: (index: number) => void;
};

/** j and k move through the list, Enter opens (a row is a link). The place is kept by id, because the order changes under it. */
export function useListKeys({ conversations, selectedId, scroller, scrollTo }: ListKeys): (id: number) => void {
  const current = useRef<number>(undefined);
  const rowOf = (id: number) => scroller.current?.querySelector<HTMLElement>(`[data-conversation="${id}"]`);
  const move = (step: 1 | -1) => {
    const from = conversations.findIndex(({ id }) => id === (current.current ?? selectedId));
    const to = from === -1 ? 0 : Math.min(Math.max(from + step, 0), conversations.length - 1);
    const target = conversations[to];
    if (!target) return;
    current.current = target.id;
    scrollTo(to);
    const row = rowOf(target.id);
    // At once where it can be, so that Enter right after j opens the right one; otherwise when the list has drawn it.
    if (row) row.focus();
    else requestAnimationFrame(() => rowOf(target.id)?.focus());
  };
  const opened = useRef(selectedId);
  useEffect(() => {
    // Whoever leaves a thread stands on its row again.
    if (selectedId === undefined && opened.current !== undefined) rowOf(opened.current)?.focus();
    opened.current = selectedId;
  });
  useKeys({ j: () => move(1), k: () => move(-1) });
  return (id) => {
    current.current = id;
  };
}
