/** One line of a dialogue: who writes, and what. `{first}`, `{company}`, `{day}` and `{price}` are filled in for each person. */
export type DemoLine = [from: "in" | "out", text: string];

export type DemoDialogue = {
  /** What the person wants of us: treatment, or the software that clinics work with. */
  kind: "clinic" | "software";
  /** The first day; how much of it took place depends on how far the person got. */
  first: DemoLine[];
  /** Some days later. */
  later: DemoLine[];
};

/** The people of one language: invented names, numbers that belong to nobody, and what they write. */
export type DemoLanguage = {
  code: string;
  country: string;
  /** Written before the two to four last digits of a number. */
  phonePrefix: string;
  phoneDigits: number;
  firstNames: string[];
  lastNames: string[];
  companies: string[];
  positions: string[];
  days: string[];
  currency: string;
  dialogues: DemoDialogue[];
};
