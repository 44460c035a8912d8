import { foldText } from "../../../../shared/fold-text.ts";
import { stopLanguages } from "./stop-languages.ts";

export type StopWord = {
  action: "stop" | "start";
  /** As it was found, folded. */
  word: string;
  /** Whose word it is; null where several languages share it ("stop", "basta"). */
  language: string | null;
  /** Those that share it; none where every language has it. */
  languages: string[];
  /** Counts only from who speaks one of them (`isSpokenBy`): elsewhere it means something else. */
  isLocal: boolean;
};

type Entry = { action: "stop" | "start"; languages: Set<string>; onlyTyped: boolean; isLocal: boolean };

const longest = 80;
const ornaments = /\u0640|[\u064b-\u0652]|\ufe0f|\u20e3|\u200c|\u200d/g;
// Written without spaces between words: Thai, Japanese, Chinese, Korean (as jamo too, which is how folding leaves it).
const unspaced = /^[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3 ]+$/;

/**
 * Reads whether a whole message says "no more messages" or "messages again": case, accents, punctuation and emoji are forgiven, short
 * polite words around it too ("please stop", any reasonable means). A sentence that merely contains such a word is none.
 */
export function readStopWord(text: string, source: "typed" | "button" = "typed"): StopWord | null {
  if (text.length > longest) return null;
  const exact = exactly(text);
  const folded = bare(foldText(text));
  for (const phrase of new Set([folded, withoutPoliteness(folded)].map(saidOnce))) {
    const entry = words.get(phrase);
    if (entry && !(entry.onlyTyped && source === "button")) return found(phrase, entry);
  }
  for (const phrase of new Set([exact, withoutExactPoliteness(exact)].map(saidOnce))) {
    const entry = exactWords.get(phrase);
    if (entry && !(entry.onlyTyped && source === "button")) return found(phrase, entry);
  }
  return null;
}

function found(word: string, { action, languages, isLocal }: Entry): StopWord {
  const [only, ...others] = languages;
  const language = only !== undefined && others.length === 0 ? only : null;
  return { action, word, language, languages: languages.size === stopLanguages.length ? [] : [...languages], isLocal };
}

function exactly(text: string): string {
  return bare(text.normalize("NFC").toLowerCase());
}

// Everything that is neither letter, mark nor digit goes: punctuation, emoji, what joins and tints emoji, and Arabic's ornaments.
function bare(text: string): string {
  return text
    .replace(ornaments, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

/** "STOP STOP STOP" is "STOP", only louder. */
function saidOnce(phrase: string): string {
  const spoken = phrase.split(" ");
  const once = spoken.findIndex((_word, place) => place > 0 && spoken.every((word, at) => word === spoken[at % place]));
  return once < 0 ? phrase : spoken.slice(0, once).join(" ");
}

const words = new Map<string, Entry>();
const exactWords = new Map<string, Entry>();
const everywhere = { action: "stop", onlyTyped: false, isLocal: false } as const;
for (const {
  code,
  stop,
  localStop = [],
  typedStop = [],
  exactStop = [],
  exactTypedStop = [],
  start,
} of stopLanguages) {
  for (const word of stop) add(words, bare(foldText(word)), { ...everywhere, code });
  for (const word of localStop) add(words, bare(foldText(word)), { ...everywhere, code, isLocal: true });
  for (const word of typedStop) add(words, bare(foldText(word)), { ...everywhere, code, onlyTyped: true });
  for (const word of start) add(words, bare(foldText(word)), { ...everywhere, code, action: "start" });
  for (const word of exactStop) add(exactWords, exactly(word), { ...everywhere, code });
  for (const word of exactTypedStop) add(exactWords, exactly(word), { ...everywhere, code, onlyTyped: true });
}
// Every language writes these too.
for (const word of ["stop", "start", "unstop"])
  for (const { code } of stopLanguages) words.get(word)?.languages.add(code);

function add(
  map: Map<string, Entry>,
  word: string,
  { code, ...entry }: Omit<Entry, "languages"> & { code: string },
): void {
  const { action, isLocal } = entry;
  const known = map.get(word);
  // A word that stops in one language and starts in another stops.
  if (!known || (known.action === "start" && action === "stop"))
    map.set(word, { ...entry, languages: new Set([code]) });
  else if (known.action === action) {
    known.languages.add(code);
    // Unmistakable in one language, it counts from everybody.
    known.isLocal &&= isLocal;
  }
}

const polite = byLength(stopLanguages.flatMap((language) => language.polite.map((word) => bare(foldText(word)))));
const exactPolite = byLength(stopLanguages.flatMap((language) => language.polite.map(exactly)));

/** With the gap that divides it from what follows or comes before, ready to compare: every message is held against all of them. */
type Courtesy = { length: number; before: string; after: string };

function byLength(all: string[]): Courtesy[] {
  const words = [...new Set(all)].filter((word) => word !== "").toSorted((a, b) => b.length - a.length);
  return words.map((word) => {
    const gap = unspaced.test(word) ? "" : " ";
    return { length: word.length, before: word + gap, after: gap + word };
  });
}

function withoutPoliteness(phrase: string): string {
  return stripped(phrase, polite);
}

function withoutExactPoliteness(phrase: string): string {
  return stripped(phrase, exactPolite);
}

// Three words at most on the two sides together: more is a sentence, and a sentence is read by people.
function stripped(phrase: string, courtesies: Courtesy[]): string {
  let rest = phrase;
  for (let times = 0; times < 3; times++) {
    const next = withoutOne(rest, courtesies);
    if (next === rest) break;
    rest = next;
  }
  return rest;
}

function withoutOne(phrase: string, courtesies: Courtesy[]): string {
  for (const { length, before, after } of courtesies) {
    if (phrase.length <= length) continue;
    if (phrase.startsWith(before)) return phrase.slice(before.length).trim();
    if (phrase.endsWith(after)) return phrase.slice(0, -after.length).trim();
  }
  return phrase;
}
