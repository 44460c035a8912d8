import { foldText } from "../../../shared/fold-text.ts";
import { invalid } from "../domain-error.ts";

const longestName = 100;

/** One key for all spellings of a tag's name: case, accents and spaces aside. */
export function tagKey(name: string): string {
  if (name.trim() === "" || name.length > longestName) {
    throw invalid("name", `A tag's name must have 1 to ${longestName} characters.`);
  }
  return foldText(name) || name.trim();
}
