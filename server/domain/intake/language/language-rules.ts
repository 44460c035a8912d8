export const intentNames = ["pricing", "demo", "resources", "buy", "human", "urgent"] as const;
export type IntentName = (typeof intentNames)[number];

export const labelNames = ["name", "email", "company", "position", "need", "budget", "phone"] as const;
export type LabelName = (typeof labelNames)[number];

/**
 * What a language adds to the interpreter: words only, no code. A phrase is written as people write it; `a|b` are
 * alternatives of one word and `a?` may be left out. Case, accents and apostrophes don't matter. A word list is one string.
 */
export type LanguageRules = {
  code: string;
  /** Frequent small words: they tell which language is spoken, and end a name or a company. */
  functionWords: string;
  negation: { words: string; place: "before" | "before and after"; harmless: string[]; turns: string };
  name: {
    /** After these a name is certain, even in lower case. */
    leads: string[];
    /** As certain, but a day or an adverb may follow too ("call me Monday"). */
    callLeads: string[];
    /** After these a name is one possibility of many, so that its shape has to prove it. */
    looseLeads: string[];
    /** Where the verb stands last, a name after a loose lead is one only when one of these follows ("main … hoon"). */
    looseTails?: string;
    /** What stands after a name (Hindi verbs, "this side"). */
    tails: string[];
    /** A single word after a loose lead ("I'm Vegetarian", "Ich bin Zahnarzt") is a name only when it is one of these … */
    knownFirstNames: string;
    /** … or one of these follows. */
    proofs: string[];
    particles: string;
    /** What follows "de", "da", "von" as part of a surname; anything else there is where the person works. */
    surnameTails: string;
    honorifics: string;
    notNames: string;
  };
  /** `genericNouns` are left out before a company's name ("the company Acme"), spelt as written. */
  company: {
    leads: string[];
    links: string[];
    tails: string[];
    /** After these stands nothing that tells a company from a town, so that its name must end with a noun of it. */
    nounTails?: string[];
    nouns: string;
    genericNouns: string;
    connectors: string;
  };
  position: { leads: string[]; titles: string[] };
  need: { leads: string[]; tails: string[]; tailOpeners: string[]; skips: string[] };
  budget: {
    words: string[];
    spends: string[];
    /** Word → power of ten. */
    magnitudes: Record<string, number>;
    /** ISO code, or "" where the word names no single currency (peso) → words. */
    currencies: Record<string, string>;
    units: string;
    dollarIsUsd: "yes" | "no";
  };
  /** Of whom an address or a number is that is not the writer's, and the words by which it is theirs again. */
  others: {
    people: string[];
    own: string[];
    copulas: string;
    /** What makes an address that follows the reader's own ("your email"), one written to ("my message to"), or one not to be used. */
    elsewhere: string[];
    /** The same right behind the address ("… your email?"). */
    behind: string[];
    /** Somebody asks for something to be sent there, also as a question ("could you send it to …?"). */
    requests: string[];
  };
  labels: Record<LabelName, string[]>;
  intents: Record<IntentName, { strong: string[]; weak: string[] }>;
};
