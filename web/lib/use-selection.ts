import { useMemo, useRef, useState } from "react";

export type Selection<Item> = {
  /** What is chosen and still in the list. */
  chosen: Item[];
  has: (id: number) => boolean;
  /** With "range", all from the last one touched up to this one. */
  toggle: (id: number, reach: "one" | "range") => void;
  choose: (ids: Iterable<number>) => void;
};

/** Which rows of a list are chosen. What leaves the list is not acted on, and is chosen again when it comes back. */
export function useSelection<Item>(items: Item[], keyOf: (item: Item) => number): Selection<Item> {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const lastTouched = useRef<number>(undefined);
  const chosen = useMemo(() => items.filter((item) => ids.has(keyOf(item))), [items, ids, keyOf]);
  return {
    chosen,
    has: (id) => ids.has(id),
    toggle(id, reach) {
      const touched = reach === "range" ? between(items.map(keyOf), lastTouched.current, id) : [id];
      lastTouched.current = id;
      setIds((before) => (before.has(id) ? before.difference(new Set(touched)) : before.union(new Set(touched))));
    },
    choose: (next) => setIds(new Set(next)),
  };
}

/** The keys from one to another, both included; only the second where the first is not among them. */
export function between(keys: number[], from: number | undefined, to: number): number[] {
  const start = from === undefined ? -1 : keys.indexOf(from);
  const end = keys.indexOf(to);
  if (start === -1 || end === -1) return [to];
  return keys.slice(Math.min(start, end), Math.max(start, end) + 1);
}
