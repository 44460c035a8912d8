import { foldText } from "../../../../shared/fold-text.ts";
import { visitPhrases } from "../phrases/visit-phrases-for.ts";

/** Longer messages say more than yes or no, and a person has to read them. */
const longest = 60;

const languages = Object.values(visitPhrases);
const yes = new Set(languages.flatMap((phrases) => phrases.yes.map(plain)));
const no = new Set(languages.flatMap((phrases) => phrases.no.map(plain)));
const politeness = languages
  .flatMap((phrases) => phrases.politeness.map(plain))
  .toSorted((a, b) => b.length - a.length);

/** Whether a message as a whole says "I will come" or "not then", in any of the languages that we speak. */
export function readAnswerWord(text: string): "confirm" | "reschedule" | undefined {
  if (text.length > longest) return undefined;
  if (/^\s*(👍|✅|👌)/u.test(text) && plain(text) === "") return "confirm";
  const said = withoutPoliteness(plain(text));
  if (yes.has(said)) return "confirm";
  return no.has(said) ? "reschedule" : undefined;
}

function withoutPoliteness(said: string): string {
  for (const word of politeness) {
    if (said.startsWith(`${word} `)) return withoutPoliteness(said.slice(word.length + 1));
    if (said.endsWith(` ${word}`)) return withoutPoliteness(said.slice(0, -word.length - 1));
  }
  return said;
}

// Letters with their marks and digits; of everything else a space is left.
function plain(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}
