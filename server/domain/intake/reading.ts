import { foldDigits } from "../../../shared/phone/fold-digits.ts";
import { type Email, emailsOf } from "./email.ts";
import { phrases } from "./lexicon.ts";
import type { Span } from "./phrase-index.ts";
import { spokenIn } from "./spoken.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** A message taken apart once; every rule looks at this. Offsets of tokens are offsets of `text`. */
export type Reading = {
  text: string;
  /** The text with mail addresses and links blanked out, so that no rule takes their parts for words. */
  plain: string;
  tokens: Token[];
  emails: Email[];
  spans: Map<string, Span[]>;
  /** The languages it seems to be written in, one bit each; all of them when no word gives it away. */
  spoken: number;
};

/** A person who introduces himself does it in the first lines; the limit keeps hostile texts cheap. */
export const longestText = 4096;

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const link = /(?:https?:\/\/|www\.)[^\s]{1,500}/gi;

/** Reads the first 4,096 characters. */
export function readingOf(message: string): Reading {
  const text = foldDigits(message.slice(0, longestText).normalize("NFC").replace(invisible, ""));
  const emails = text.includes("@") ? emailsOf(text) : [];
  const plain = withoutLinks(emails.reduce(blankOut, text));
  const tokens = tokensOf(plain);
  return { text, plain, tokens, emails, spans: phrases.find(tokens), spoken: spokenIn(tokens) };
}

/** The phrases of one kind. */
export function spansOf(reading: Reading, kind: string): Span[] {
  return reading.spans.get(kind) ?? [];
}

/** The phrase of one kind that begins at this word. */
export function spanAt(reading: Reading, kind: string, from: number): Span | undefined {
  return reading.spans.get(kind)?.find((span) => span.from === from);
}

/** The text from one word to another (exclusive) as it was written. */
export function sliceOf(reading: Reading, from: number, to: number): string {
  const first = reading.tokens[from];
  const last = reading.tokens[to - 1];
  return first === undefined || last === undefined ? "" : reading.text.slice(first.start, last.end);
}

function blankOut(text: string, { start, end }: Email): string {
  return text.slice(0, start) + "|".repeat(end - start) + text.slice(end);
}

function withoutLinks(text: string): string {
  if (!text.includes("/") && !/www\./i.test(text)) return text;
  return text.replace(link, (found) => "|".repeat(found.length));
}
