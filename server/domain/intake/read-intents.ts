import { asksForPerson } from "./asks-for-person.ts";
import { type IntentName, intentNames } from "./language/language-rules.ts";
import { languagesNegatingAfter, negationWords, turnWords } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { type Reading, readingOf, spansOf } from "./reading.ts";
import { gapRank } from "./tokens.ts";

export type Intent = { intent: IntentName; confidence: number };

const strongConfidence = 0.9;
const weakConfidence = 0.6;
const strongRepeatedConfidence = 0.95;
const weakRepeatedConfidence = 0.65;
const negationReach = 4;

/** What the writer wants, in any of the six languages, surest first. */
export function readIntents(text: string): Intent[] {
  return intentsOf(readingOf(text));
}

export function intentsOf(reading: Reading): Intent[] {
  const intents: Intent[] = [];
  for (const intent of intentNames) {
    const confidence = confidenceOf(reading, intent);
    if (confidence > 0) intents.push({ intent, confidence });
  }
  return intents.sort((one, other) => other.confidence - one.confidence);
}

function confidenceOf(reading: Reading, intent: IntentName): number {
  const strong = spansOf(reading, `${intent}.strong`).filter((span) => isMeant(reading, span)).length;
  const weak = spansOf(reading, `${intent}.weak`).filter((span) => isMeant(reading, span)).length;
  if (strong > 0) return strong > 1 ? strongRepeatedConfidence : strongConfidence;
  if (weak > 0) return weak > 1 ? weakRepeatedConfidence : weakConfidence;
  return intent === "human" && asksForPerson(reading.tokens) ? weakConfidence : 0;
}

/** Whether a phrase is not negated: "no quiero una demo", "demo nahi chahiye". */
export function isMeant(reading: Reading, span: Span): boolean {
  // A word of several languages ("demo") follows the negations of the one that is spoken: Portuguese "no" denies nothing.
  const languages = reading.spoken & span.languages || reading.spoken;
  return !deniedBefore(reading, span, languages) && !deniedAfter(reading, span, languages & languagesNegatingAfter);
}

function deniedBefore(reading: Reading, span: Span, languages: number): boolean {
  for (let at = span.from - 1; at >= Math.max(0, span.from - negationReach); at--) {
    if ((reading.tokens[at + 1]?.rank ?? gapRank.sentence) !== gapRank.joined) return false;
    const word = reading.tokens[at]?.word ?? "";
    if (has(turnWords, word, languages)) return false;
    if (has(negationWords, word, languages)) return !isHarmless(reading, at);
  }
  return false;
}

function deniedAfter(reading: Reading, span: Span, languages: number): boolean {
  if (languages === 0) return false;
  for (let at = span.to; at < span.to + negationReach; at++) {
    const token = reading.tokens[at];
    if (token === undefined || token.rank !== gapRank.joined) return false;
    if (has(turnWords, token.word, languages)) return false;
    if (has(negationWords, token.word, languages)) return !isHarmless(reading, at);
  }
  return false;
}

function isHarmless(reading: Reading, at: number): boolean {
  return spansOf(reading, "harmless").some((span) => span.from <= at && at < span.to);
}

function has(words: Map<string, number>, word: string, languages: number): boolean {
  return ((words.get(word) ?? 0) & languages) !== 0;
}
