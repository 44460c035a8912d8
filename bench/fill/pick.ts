/** SQL for a number from 0 to below `choices` that depends on row `i` only, so that two fills are equal and no row order matters. */
export function pick(seed: number, choices: number): string {
  return `((hashint8extended(i, ${seed}) & 2147483647) % ${choices})::int`;
}

/** SQL for one entry of a text array of that length. */
export function oneOf(array: string, seed: number, length: number): string {
  return `(${array})[1 + ${pick(seed, length)}]`;
}
