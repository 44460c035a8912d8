/** Exact decimal text as a JSON number: below 10^11 with four decimals it has at most 15 digits, and a double keeps those. */
export function presentMoney(value: string): number;
export function presentMoney(value: string | null): number | null;
export function presentMoney(value: string | null): number | null {
  return value === null ? null : Number(value);
}

/** A number or a text from a body as the domain's decimal text; null and an empty text clear. */
export function parseMoney(value: number | string | null | undefined): string | null | undefined {
  if (value === undefined || value === null) return value;
  return String(value).trim() || null;
}
