/** Chances that fall the same way each time, so that every demo is the same demo. */
export type Random = {
  /** A whole number from 0 to below. */
  below: (limit: number) => number;
  between: (least: number, most: number) => number;
  pick: <Item>(items: readonly [Item, ...Item[]] | readonly Item[]) => Item;
  chance: (share: number) => boolean;
};

/** Mulberry32: small, fast, good enough for names and times. */
export function seededRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
    chance: (share) => next() < share,
  };
}
