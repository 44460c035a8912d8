import { companyNouns, functionWords, knownFirstNames, notNames } from "./lexicon.ts";
import { places } from "./places.ts";
import { type Reading, spanAt } from "./reading.ts";
import { allLanguages } from "./spoken.ts";
import { gapRank, type Token } from "./tokens.ts";

/** What led to a name: "certain" as "my name is", "call" as "call me" (a day may follow), "loose" as "I'm". */
export type Certainty = "certain" | "call" | "loose";

/** How a name was introduced, and in which languages (one bit each): only their small words can end it. */
export type Introduction = { certainty: Certainty; languages: number };

const letters = /^[\p{L}\p{M}]+$/u;
const capital = /^(?:\p{Lu}|\p{Lt})/u;
export const capitalised = /^(?:\p{Lu}|\p{Lo}|\p{Lt})[\p{L}\p{M}]*$/u;

/** Whether the word at `at` can be part of the name that begins at `from`. */
export function isNamePart(reading: Reading, from: number, at: number, introduction: Introduction): boolean {
  const token = reading.tokens[at];
  if (token === undefined || token.raw.length > 30) return false;
  if (!(introduction.certainty === "loose" ? capitalised : letters).test(token.raw)) return false;
  const proud = isProud(reading, token);
  if (at === from) return isFirstPart(reading.tokens[at + 1], token, introduction, proud);
  return isLaterPart(reading, from, at, introduction, proud);
}

function isFirstPart(next: Token | undefined, token: Token, introduction: Introduction, proud: boolean): boolean {
  const { certainty, languages } = introduction;
  const known = knownFirstNames.has(token.word);
  if (isIn(functionWords, token, languages)) return known && proud;
  if (companyNouns.has(token.word)) return known;
  if (certainty === "certain" && proud) return true;
  // "Je suis Ravi" may be the mood, "Je suis Ravi Kumar" is a name.
  if (certainty === "loose" && known && isIn(notNames, token, languages)) return isSurnameAhead(next, languages);
  return known || !(isIn(notNames, token, languages) || places.has(token.word));
}

function isLaterPart(reading: Reading, from: number, at: number, introduction: Introduction, proud: boolean): boolean {
  const { tokens } = reading;
  const token = tokens[at];
  if (token === undefined) return false;
  const spoken = reading.spoken === allLanguages ? 0 : reading.spoken;
  // Who mixes languages writes the other's small words in lower case ("my name is Ravi aur mujhe ...").
  if (isIn(functionWords, token, proud ? introduction.languages | spoken : allLanguages)) return false;
  const afterKnown = at === from + 1 && knownFirstNames.has(tokens[from]?.word ?? "");
  if (companyNouns.has(token.word) || places.has(token.word)) {
    return proud && afterKnown && !isSurnameAhead(tokens[at + 1], introduction.languages);
  }
  if (!isIn(notNames, token, introduction.languages)) return true;
  return (
    knownFirstNames.has(token.word) ||
    (proud && (afterKnown || introduction.certainty === "certain") && endsAt(reading, at + 1, introduction))
  );
}

// "I'm Mark Price from Acme" against "I'm Mark Interested in a demo" and "I'm Mark Calling From Acme".
function endsAt(reading: Reading, at: number, { certainty, languages }: Introduction): boolean {
  const next = reading.tokens[at];
  if (next === undefined || next.rank !== gapRank.joined) return true;
  if (spanAt(reading, "name.proof", at - 1) !== undefined) return false;
  if (certainty === "certain") return !isProud(reading, next) && isIn(functionWords, next, languages);
  return spanAt(reading, "company.link", at) !== undefined;
}

function isSurnameAhead(next: Token | undefined, languages: number): boolean {
  return next?.rank === gapRank.joined && capital.test(next.raw) && !isIn(functionWords, next, languages);
}

// In a text without small letters, and in a script that has none, a capital says nothing.
function isProud(reading: Reading, token: Token): boolean {
  return capital.test(token.raw) && /\p{Ll}/u.test(reading.plain);
}

function isIn(words: Map<string, number>, { word }: Token, languages: number): boolean {
  return ((words.get(word) ?? 0) & languages) !== 0;
}
