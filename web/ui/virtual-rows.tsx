import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { useKeys } from "../lib/use-keys.ts";
import classes from "./virtual-rows.module.css";

export type VirtualRowsProps<Item> = {
  label: string;
  items: Item[];
  rowHeight: number;
  keyOf: (item: Item) => number;
  /** A row holds one link, which j and k move through. */
  row: (item: Item) => ReactNode;
  selectedKey: number | undefined;
  onEnd: () => void;
};

/** A long list of which only what is in sight is drawn; the next page is asked for near its end. */
export function VirtualRows<Item>(props: VirtualRowsProps<Item>) {
  const { label, items, rowHeight, keyOf, row, selectedKey, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && lastShown >= items.length - 5) onEnd();
  }, [lastShown, items.length, onEnd]);
  const linkAt = (index: number) => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
  const move = (step: 1 | -1) => {
    const focused = document.activeElement?.closest("[data-index]")?.getAttribute("data-index");
    const from = focused ? Number(focused) : items.findIndex((item) => keyOf(item) === selectedKey);
    const to = from === -1 ? 0 : Math.min(Math.max(from + step, 0), items.length - 1);
    virtual.scrollToIndex(to);
    const link = linkAt(to);
    // At once where it can be, so that Enter right after j opens the right one; otherwise when the list has drawn it.
    if (link) link.focus();
    else requestAnimationFrame(() => linkAt(to)?.focus());
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }} aria-label={label}>
        {rows.map(({ index, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              <li
                key={keyOf(item)}
                data-index={index}
                className={classes.item}
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              >
                {row(item)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
