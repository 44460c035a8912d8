import type { Stage } from "../../shared/stages.ts";
import type { DemoDialogue, DemoLanguage, DemoLine } from "./demo-language.ts";
import { type DemoMessage, type DemoPerson, day, minute } from "./demo-person.ts";
import type { Random } from "./random.ts";

/** How many lines of the first day were written; the sequel belongs to those who went on. */
const linesBefore: Record<Stage, number> = {
  new: 3,
  contacted: 5,
  nurture: 99,
  qualified: 99,
  sales_qualified: 99,
  opportunity: 99,
  customer: 99,
  lost: 99,
  junk: 1,
};

type Speaker = Pick<DemoPerson, "firstName" | "company" | "stage" | "createdAt" | "currency" | "kind">;

/** The dialogue with its blanks filled in, from the moment the person came in; what would be in the future has not happened yet. */
export function playDialogue(
  random: Random,
  now: Date,
  person: Speaker,
  language: DemoLanguage,
  dialogue: DemoDialogue,
): DemoMessage[] {
  const blanks: Record<string, string> = {
    first: person.firstName,
    company: person.company ?? random.pick(language.companies),
    day: random.pick(language.days),
    price: priceText(random, person),
  };
  const lines = dialogue.first.slice(0, linesBefore[person.stage]);
  const quick = random.chance(0.75);
  const first = spoken(random, lines, blanks, { start: person.createdAt.getTime(), quick });
  const goesOn = linesBefore[person.stage] > dialogue.first.length && person.stage !== "junk";
  const start = person.createdAt.getTime() + random.between(3, 12) * day + random.between(-90, 240) * minute;
  const later = goesOn ? spoken(random, dialogue.later, blanks, { start, quick }) : [];
  return [...first, ...later].filter(({ at }) => at.getTime() < now.getTime() - 2 * minute);
}

function spoken(
  random: Random,
  lines: DemoLine[],
  blanks: Record<string, string>,
  { start, quick }: { start: number; quick: boolean },
): DemoMessage[] {
  let at = start;
  return lines.map(([direction, text], index) => {
    if (index > 0) at += pauseBefore(random, direction, quick);
    return {
      direction,
      text: text.replace(/\{(\w+)\}/g, (_blank, name: string) => blanks[name] ?? ""),
      at: new Date(at),
    };
  });
}

// Most people answer within the hour, which is what the score looks at; the others take their time.
function pauseBefore(random: Random, direction: "in" | "out", quick: boolean): number {
  if (direction === "out") return random.between(1, 14) * minute + random.below(60) * 1000;
  return (quick ? random.between(1, 25) : random.between(70, 200)) * minute + random.below(60) * 1000;
}

function priceText(random: Random, { currency, kind }: Speaker): string {
  const base = kind === "clinic" ? random.between(6, 14) * 10 : random.between(5, 16) * 10 + 9;
  switch (currency) {
    case "INR":
      return `₹${(base * 40).toLocaleString("en-IN")}`;
    case "BRL":
      return `R$ ${base * 3}`;
    case "EUR":
      return `${base} €`;
    default:
      return `$${base}`;
  }
}
