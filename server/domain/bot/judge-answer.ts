import { foldedWords } from "../intake/fold-word.ts";
import { tokensOf } from "../intake/tokens.ts";
import { answerWords } from "./answer-words.ts";
import type { AskedField } from "./phrases/bot-phrases.ts";

const none = foldedWords(...answerWords.map((words) => words.none));
const alone = foldedWords(...answerWords.map((words) => words.alone));
const besideNone = foldedWords(...answerWords.map((words) => words.besideNone));
const talk = foldedWords(...answerWords.map((words) => words.talk));
const speech = foldedWords(...answerWords.map((words) => words.speech));

/** "None", "I have no company", "keine Firma, privat": there is nothing to tell, and asking once more would not change it. */
export function saysNone(asked: AskedField, text: string): boolean {
  const words = wordsOf(text.replace(/\bn\s?\/\s?a\b/i, "none"));
  const isNone = (word: string) => none.has(word) || (asked === "company" && alone.has(word));
  return words.some(isNone) && words.every((word) => isNone(word) || besideNone.has(word));
}

/** Greetings, thanks, "later", emoji: nobody's name, company or need. */
export function saysNothing(text: string): boolean {
  const words = wordsOf(text);
  return !/\p{L}/u.test(text) || words.every((word) => talk.has(word) || none.has(word));
}

/** "My", "small", "company", "no": what stands around a name or in place of one. */
export function isFiller(word: string): boolean {
  return none.has(word) || besideNone.has(word);
}

/** Whether it holds words that a name has no use for. */
export function isSentence(text: string): boolean {
  return /^j['’]/i.test(text) || wordsOf(text).some((word) => speech.has(word));
}

function wordsOf(text: string): string[] {
  return tokensOf(text).map(({ word }) => word);
}
