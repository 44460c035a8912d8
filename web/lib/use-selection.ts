import { useMemo, useRef, useState } from "react";

export type Selection<Item> = {
  /** What is chosen and still in the list. */
  chosen: Item[];
  /** Chosen is whatever the list's filter finds, loaded or not. */
  everything: boolean;
  has: (id: number) => boolean;
  /** With "range", all from the last one touched up to this one. */
  toggle: (id: number, reach: "one" | "range") => void;
  choose: (ids: Iterable<number>) => void;
  chooseEverything: () => void;
};

/**
 * Which rows of a list are chosen. What leaves the list is not acted on, and is chosen again when it comes back. `listKey` names what the
 * list shows: everything is chosen of that one only.
 */
export function useSelection<Item>(items: Item[], keyOf: (item: Item) => number, listKey: string): Selection<Item> {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const [wholeList, setWholeList] = useState<string>();
  const lastTouched = useRef<number>(undefined);
  const everything = wholeList === listKey;
  const chosen = useMemo(
    () => (everything ? items : items.filter((item) => ids.has(keyOf(item)))),
    [items, ids, keyOf, everything],
  );
  const choose = (next: Iterable<number>): void => {
    setWholeList(undefined);
    setIds(new Set(next));
  };
  return {
    chosen,
    everything,
    has: (id) => everything || ids.has(id),
    toggle(id, reach) {
      const touched = new Set(reach === "range" ? between(items.map(keyOf), lastTouched.current, id) : [id]);
      lastTouched.current = id;
      const before = everything ? new Set(items.map(keyOf)) : ids;
      choose(before.has(id) ? before.difference(touched) : before.union(touched));
    },
    choose,
    chooseEverything: () => setWholeList(listKey),
  };
}

/** The keys from one to another, both included; only the second where the first is not among them. */
export function between(keys: number[], from: number | undefined, to: number): number[] {
  const start = from === undefined ? -1 : keys.indexOf(from);
  const end = keys.indexOf(to);
  if (start === -1 || end === -1) return [to];
  return keys.slice(Math.min(start, end), Math.max(start, end) + 1);
}
