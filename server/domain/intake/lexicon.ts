import { foldedWords } from "./fold-word.ts";
import { intentNames, type LanguageRules, labelNames } from "./language/language-rules.ts";
import { languages } from "./language/languages.ts";
import { PhraseIndex } from "./phrase-index.ts";

/** Everything the language files say, compiled once when the module is loaded. */
export const phrases = new PhraseIndex();

/** Function word → the languages it belongs to, one bit each. */
export const functionWords = new Map<string, number>();

export const negationWords = new Map<string, number>();
export const turnWords = new Map<string, number>();
export const languagesNegatingAfter = bitsOf((rules) => rules.negation.place === "before and after");

export const honorifics = union((rules) => rules.name.honorifics);
export const nameParticles = union((rules) => rules.name.particles);
export const surnameTails = union((rules) => rules.name.surnameTails);
export const knownFirstNames = union((rules) => rules.name.knownFirstNames);
export const companyNouns = union((rules) => rules.company.nouns);
export const companyConnectors = union((rules) => rules.company.connectors);
export const units = union((rules) => rules.budget.units);
/** "Firma Dentasol GmbH" is named without its noun; spelt as written, as "Empresa" may begin a name. */
export const genericNouns = new Set(languages.flatMap((rules) => rules.company.genericNouns.split(" ")));

/** Words after a loosely introduced name, and the languages that want one there, one bit each. */
export const looseTails = union((rules) => rules.name.looseTails ?? "");
export const languagesWithLooseTails = bitsOf((rules) => rules.name.looseTails !== undefined);

/** "… is my wife's" */
export const otherCopulas = union((rules) => rules.others.copulas);

/** Word → the languages in which it is no name, one bit each: "ravi" is French for delighted and a name elsewhere. */
export const notNames = new Map<string, number>();

/** `mil` → 3 in Spanish, 6 in English: by language first, then by word. */
export const magnitudes = languages.map((rules) => new Map(Object.entries(rules.budget.magnitudes).map(foldedEntry)));
/** Word → ISO code, "" where the word names no single currency. */
export const currencyWords = new Map(languages.flatMap(currencyEntries));
/** Where a bare `$` is as likely a peso. */
export const languagesWithManyDollars = bitsOf((rules) => rules.budget.dollarIsUsd === "no");

for (const [index, rules] of languages.entries()) learn(rules, 1 << index);
phrases.close();

function learn(rules: LanguageRules, language: number): void {
  mark(functionWords, rules.functionWords, language);
  mark(notNames, rules.name.notNames, language);
  mark(negationWords, rules.negation.words, language);
  mark(turnWords, rules.negation.turns, language);
  phrases.add("harmless", rules.negation.harmless, language);
  phrases.add("name.lead", rules.name.leads, language);
  phrases.add("name.call", rules.name.callLeads, language);
  phrases.add("name.loose", rules.name.looseLeads, language);
  phrases.add("name.proof", rules.name.proofs, language);
  phrases.add("name.tail", rules.name.tails, language);
  phrases.add("company.lead", rules.company.leads, language);
  phrases.add("company.link", rules.company.links, language);
  phrases.add("company.tail", rules.company.tails, language);
  phrases.add("company.nounTail", rules.company.nounTails ?? [], language);
  phrases.add("position.lead", rules.position.leads, language);
  phrases.add("position.title", rules.position.titles, language);
  phrases.add("need.lead", rules.need.leads, language);
  phrases.add("need.tail", rules.need.tails, language);
  phrases.add("need.opener", rules.need.tailOpeners, language);
  phrases.add("need.skip", rules.need.skips, language);
  phrases.add("budget.word", rules.budget.words, language);
  phrases.add("budget.spend", rules.budget.spends, language);
  phrases.add("other.person", rules.others.people, language);
  phrases.add("other.own", rules.others.own, language);
  phrases.add("other.elsewhere", rules.others.elsewhere, language);
  phrases.add("other.behind", rules.others.behind, language);
  phrases.add("other.request", rules.others.requests, language);
  for (const label of labelNames) phrases.add(`label.${label}`, rules.labels[label], language);
  for (const intent of intentNames) {
    phrases.add(`${intent}.strong`, rules.intents[intent].strong, language);
    phrases.add(`${intent}.weak`, rules.intents[intent].weak, language);
  }
}

function mark(map: Map<string, number>, list: string, language: number): void {
  for (const word of foldedWords(list)) map.set(word, (map.get(word) ?? 0) | language);
}

function union(list: (rules: LanguageRules) => string): Set<string> {
  return foldedWords(...languages.map(list));
}

function bitsOf(holds: (rules: LanguageRules) => boolean): number {
  return languages.reduce((bits, rules, index) => (holds(rules) ? bits | (1 << index) : bits), 0);
}

function foldedEntry([word, value]: [string, number]): [string, number] {
  return [[...foldedWords(word)].join(""), value];
}

function currencyEntries(rules: LanguageRules): [string, string][] {
  return Object.entries(rules.budget.currencies).flatMap(([code, words]) =>
    [...foldedWords(words)].map((word): [string, string] => [word, code]),
  );
}
