/** Small numbers that look random and are the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const oddValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 60,
  "",
  "\0",
  "\ud800",
  "x".repeat(3000),
  [],
  {},
  [null],
  [[[]]],
  { id: {} },
  { __proto__: null, toString: 1, constructor: null },
];

/** A copy in which each part may be lost, replaced by something odd, wrapped or repeated. */
export function mutated(value: unknown, random: () => number, rate: number): unknown {
  if (random() < rate) return mutation(value, random);
  if (Array.isArray(value)) return value.map((item) => mutated(item, random, rate));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(() => random() >= rate);
  return Object.fromEntries(entries.map(([key, item]) => [key, mutated(item, random, rate)]));
}

function mutation(value: unknown, random: () => number): unknown {
  const choice = random();
  if (choice < 0.7) return oddValues[Math.floor(random() * oddValues.length)];
  if (choice < 0.8) return [value, value];
  return choice < 0.9 ? { value } : String(value);
}
