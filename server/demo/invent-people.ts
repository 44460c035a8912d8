import { foldText } from "../../shared/fold-text.ts";
import type { Stage } from "../../shared/stages.ts";
import type { DemoDialogue, DemoLanguage } from "./demo-language.ts";
import { type DemoPerson, day, hour, lastTouch, notAfter } from "./demo-person.ts";
import { german } from "./languages/de.ts";
import { english } from "./languages/en.ts";
import { spanish } from "./languages/es.ts";
import { french } from "./languages/fr.ts";
import { hindi } from "./languages/hi.ts";
import { portuguese } from "./languages/pt.ts";
import { playDialogue } from "./play-dialogue.ts";
import type { Random } from "./random.ts";

/** How far people got: their number, how long ago they came (days), how well we know them. */
const crowds: { stage: Stage; people: number; cameBefore: [number, number]; known: number }[] = [
  { stage: "new", people: 46, cameBefore: [0, 12], known: 0.3 },
  { stage: "contacted", people: 30, cameBefore: [2, 30], known: 0.5 },
  { stage: "nurture", people: 24, cameBefore: [25, 88], known: 0.6 },
  { stage: "qualified", people: 32, cameBefore: [8, 60], known: 0.85 },
  { stage: "sales_qualified", people: 16, cameBefore: [14, 60], known: 0.8 },
  { stage: "opportunity", people: 14, cameBefore: [18, 70], known: 0.85 },
  { stage: "customer", people: 25, cameBefore: [35, 89], known: 1 },
  { stage: "lost", people: 8, cameBefore: [30, 85], known: 0.8 },
  { stage: "junk", people: 2, cameBefore: [5, 50], known: 0 },
];

const speakers: [language: DemoLanguage, people: number][] = [
  [english, 59],
  [spanish, 36],
  [portuguese, 30],
  [hindi, 30],
  [german, 22],
  [french, 20],
];

const tagsOf = { clinic: ["Patient", "Aligners", "Family"], software: ["Software", "Trial", "Dental practice"] };

/** 197 people in the order in which they came; the ids are given afterwards. */
export function inventPeople(random: Random, now: Date): Omit<DemoPerson, "id">[] {
  const languages = shuffled(
    random,
    speakers.flatMap(([language, people]) => Array.from({ length: people }, (_, index) => ({ language, index }))),
  );
  const stages = crowds.flatMap((crowd) => Array.from({ length: crowd.people }, () => crowd));
  const people = stages.flatMap((crowd, place) => {
    const seat = languages[place];
    return seat ? [inventPerson(random, now, crowd, seat)] : [];
  });
  return people.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}

type Crowd = (typeof crowds)[number];
type Seat = { language: DemoLanguage; index: number };

function inventPerson(random: Random, now: Date, crowd: Crowd, { language, index }: Seat): Omit<DemoPerson, "id"> {
  const dialogue = dialogueFor(random, crowd.stage, language);
  const { kind } = dialogue;
  const firstName = language.firstNames[index % language.firstNames.length] ?? "";
  // Each round over the first names meets the last names one further on, so that no two people have one name.
  const lastName =
    language.lastNames[(index + Math.floor(index / language.firstNames.length)) % language.lastNames.length] ?? "";
  const company =
    kind === "software" && random.chance(0.3 + crowd.known * 0.7) ? random.pick(language.companies) : null;
  const person: Omit<DemoPerson, "id"> = {
    ...{ firstName, lastName, company, kind, stage: crowd.stage },
    ...{ language: language.code, country: language.country, currency: language.currency },
    phone: `${language.phonePrefix}${String(index).padStart(language.phoneDigits, "0")}`,
    email: random.chance(crowd.known) ? emailOf(firstName, lastName, company) : null,
    position: company !== null && random.chance(crowd.known) ? random.pick(language.positions) : null,
    source: random.pick(["whatsapp", "whatsapp", "website", "referral", "instagram", "google"]),
    notes: random.chance(crowd.known * 0.5) ? noteOn(random, kind) : null,
    tags: tagsFor(random, kind, crowd),
    owner: random.chance(0.3) ? 0 : random.pick([1, 2] as const),
    createdAt: arrival(random, now, crowd.cameBefore),
    messages: [],
    nextFollowUpAt: null,
  };
  const writes = crowd.stage === "junk" || random.chance(0.86);
  if (writes) person.messages = playDialogue(random, now, person, language, dialogue);
  if (["contacted", "qualified", "sales_qualified", "opportunity"].includes(crowd.stage) && random.chance(0.6)) {
    person.nextFollowUpAt = new Date(
      Math.max(now.getTime(), lastTouch({ ...person, id: 0 }).getTime()) + random.between(1, 9) * day,
    );
  }
  return person;
}

function tagsFor(random: Random, kind: DemoPerson["kind"], { stage, known }: Crowd): string[] {
  const tags = tagsOf[kind].filter(() => random.chance(0.3 * known));
  return stage === "customer" && random.chance(0.2) ? [...tags, "VIP"] : tags;
}

function dialogueFor(random: Random, stage: Stage, language: DemoLanguage): DemoDialogue {
  const [whole, treatment, brief] = language.dialogues;
  if (!whole || !treatment || !brief) throw new Error(`${language.code} needs three dialogues.`);
  switch (stage) {
    case "nurture":
    case "lost":
      return brief;
    case "opportunity":
      return whole;
    case "sales_qualified":
    case "customer":
      return random.pick([whole, treatment]);
    case "new":
    case "contacted":
    case "qualified":
    case "junk":
      return random.pick([whole, treatment, brief]);
  }
}

function arrival(random: Random, now: Date, [least, most]: [number, number]): Date {
  const midnight = Math.floor(now.getTime() / day) * day;
  const time = midnight - random.between(least, most) * day + random.between(8 * 60, 18 * 60) * 60_000;
  return notAfter(now, time > now.getTime() - hour ? time - day : time);
}

function emailOf(firstName: string, lastName: string, company: string | null): string {
  const dashed = (text: string) =>
    foldText(text)
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
  return `${dashed(firstName)}.${dashed(lastName)}@${company === null ? "mail" : dashed(company)}.example`;
}

function noteOn(random: Random, kind: "clinic" | "software"): string {
  return kind === "clinic"
    ? random.pick([
        "Prefers afternoons.",
        "Afraid of injections, plan extra time.",
        "Comes with two children.",
        "Asked for a payment plan.",
      ])
    : random.pick([
        "Three reception desks, old patient list in a spreadsheet.",
        "Decides together with a partner.",
        "Contract with another vendor ends in spring.",
        "Wants reminders above all.",
      ]);
}

function shuffled<Item>(random: Random, items: Item[]): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const [one, two] = [result[last], result[other]];
    if (one !== undefined && two !== undefined) [result[last], result[other]] = [two, one];
  }
  return result;
}
