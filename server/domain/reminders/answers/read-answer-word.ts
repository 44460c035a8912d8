import { foldText } from "../../../../shared/fold-text.ts";
import { visitPhrases } from "../phrases/visit-phrases-for.ts";

/** A whole message that says yes or no is not longer. */
const longestWord = 60;
/** What is longer says more than "not then", and a person has to read it. */
const longestSentence = 300;

const languages = Object.values(visitPhrases);
const yes = new Set(languages.flatMap((phrases) => phrases.yes.map(plain)));
const no = new Set(languages.flatMap((phrases) => phrases.no.map(plain)));
const refusals = languages.flatMap((phrases) => phrases.refusals.map(asWords));
const conditions = languages.flatMap((phrases) => phrases.conditions.map(asWords));
const politeness = languages
  .flatMap((phrases) => phrases.politeness.map(plain))
  .toSorted((a, b) => b.length - a.length);
const polite = new Set(politeness);

/** Whether a message says "I will come", as a whole, or "not then", also in a sentence; in any of the languages that we speak. */
export function readAnswerWord(text: string): "confirm" | "reschedule" | undefined {
  if (text.length > longestSentence) return undefined;
  if (/^\s*(👍|✅|👌)/u.test(text) && plain(text) === "") return "confirm";
  if (text.length <= longestWord) {
    const said = withoutPoliteness(plain(text));
    if (yes.has(said)) return "confirm";
    if (no.has(said)) return "reschedule";
  }
  return declines(text) ? "reschedule" : undefined;
}

/** Thanks, a greeting, a heart: nobody waits for more. */
export function saysNothing(text: string): boolean {
  const said = withoutPoliteness(plain(text));
  return said === "" || polite.has(said);
}

// Who says yes and no in one message is not understood, and neither is who only asks what would be if.
function declines(text: string): boolean {
  const sentences = text.split(/[.!?;\n।…]+/u).map((sentence) => sentence.split(/[,:()–—]+/u).map(plain));
  if (sentences.flat().some((clause) => yes.has(clause))) return false;
  return sentences.some((clauses) => {
    const whole = asWords(clauses.join(" "));
    if (conditions.some((word) => whole.includes(word))) return false;
    return refusals.some((words) => whole.includes(words)) || clauses.some(isRefusal);
  });
}

// A lone "no" beside other words may belong to anything.
function isRefusal(clause: string): boolean {
  const said = withoutPoliteness(clause);
  return said.includes(" ") && no.has(said);
}

function asWords(text: string): string {
  return ` ${plain(text)} `;
}

function withoutPoliteness(said: string): string {
  for (const word of politeness) {
    if (said.startsWith(`${word} `)) return withoutPoliteness(said.slice(word.length + 1));
    if (said.endsWith(` ${word}`)) return withoutPoliteness(said.slice(0, -word.length - 1));
  }
  return said;
}

// Letters with their marks and digits; of everything else a space is left, also of the mark that makes a sign an emoji.
function plain(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{M}\p{N}]+|\uFE0F/gu, " ")
    .trim();
}
