import { cleanText } from "../../../shared/clean-json.ts";

export const mostColumns = 500;
const longestName = 200;

/** Names for all columns: a nameless one is "Column 3", a name that comes twice "Phone (2)". */
export function headerNames(cells: string[]): string[] {
  const used = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cleanText(cell).trim().slice(0, longestName) || `Column ${index + 1}`;
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
