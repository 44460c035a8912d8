/** Exact decimal text as a JSON number: below 10^11 with four decimals it has at most 15 digits, and a double keeps those. */
export function presentMoney(value: string): number {
  return Number(value);
}

/** A number or a text from a body as the domain's decimal text. */
export function parseMoney(value: number | string | undefined): string | undefined {
  return typeof value === "string" ? value.trim() : value?.toString();
}
