import { readProfile } from "../intake/read-profile.ts";
import type { BotState, Learnt, Topic, TurnFacts, TurnPlan } from "./bot-turn.ts";
import { findAnswer } from "./find-answer.ts";
import { languageOf } from "./language-of.ts";
import type { AskedField, BotPhrases } from "./phrases/bot-phrases.ts";
import { type BotLanguage, phrasesFor } from "./phrases/phrases-for.ts";
import { declines, readAnswer } from "./read-answer.ts";

/** After so many turns in a row without anything new the bot leaves: to a person, or because a machine answers it. */
export const mostStalledTurns = 5;

/** How often in a row an answer is given again to who asks again. */
const mostRepeats = 2;

/** Why the bot leaves, as task and notification say it. */
export const askedForPerson = "asked for a person";

const askOrder: AskedField[] = ["name", "need", "company", "email"];
/** How often the bot asks for one thing. */
export const askAtMost = 2;
const topicNames: Topic[] = ["pricing", "demo", "buy", "resources"];

/** The bot's answer by rules alone: one message a turn, whatever came in. */
export function planTurn(facts: TurnFacts): TurnPlan {
  const language = languageOf(
    facts.messages.map(({ text }) => text),
    { spokenBefore: facts.state.language, ofPerson: facts.person.language, ofCompany: facts.business.locale },
  );
  const phrases = phrasesFor(language);
  const learnt = newFacts(facts);
  const { lastAsked, greetedAt } = facts.state;
  const declined = lastAsked !== null && declines(lastAsked, facts.messages) ? lastAsked : null;
  const plan = { language, learnt, declines: declined, asks: null, greets: greetedAt === null };
  if (wantsPerson(facts)) return { ...leave(plan, phrases.handover, askedForPerson), stalled: false };
  return answer(facts, plan, phrases);
}

type Begun = Pick<TurnPlan, "language" | "learnt" | "declines" | "greets" | "asks">;

function answer(facts: TurnFacts, begun: Begun, phrases: BotPhrases): TurnPlan {
  const { fresh, again, isWornOut } = sortAnswers(answersTo(facts, begun.language, phrases), facts.state);
  const tellsOfThemself = begun.declines !== null || saysWhoTheyAre(facts, begun.learnt);
  const asks = nextQuestion(facts, begun);
  const closes = asks === null && tellsOfThemself && !facts.state.answered.includes("complete");
  const news = [
    ...(tellsOfThemself && !closes ? [phrases.thanks] : []),
    ...fresh.map(({ words }) => words),
    ...(onlyMedia(facts) ? [phrases.media] : []),
  ];
  const content = [...news, ...again.map(({ words }) => words)];
  const helped = closes || content.length > 0;
  // A greeting alone brings nothing new, nor does what was said before; counting both keeps two bots at five replies in all.
  const stalled = !closes && news.length === 0;
  if (isWornOut && !helped) return leave(begun, phrases.noAnswer, "the same question again and again");
  const isStuck = (!helped && asks === null) || facts.state.stalledTurns + 1 >= mostStalledTurns;
  const givesUp = stalled && !begun.greets && isStuck;
  const question = asks ?? (helped || givesUp ? null : "need");
  const lines = [
    ...(begun.greets ? [greetingOf(facts, phrases)] : []),
    ...content,
    ...(closes ? [phrases.complete] : []),
    ...(givesUp ? [phrases.noAnswer] : []),
    ...(question !== null && !givesUp ? [phrases.ask[question]] : []),
  ];
  return {
    ...begun,
    text: fillIn(lines.join("\n"), facts),
    asks: givesUp ? null : asks,
    topics: fresh.flatMap(({ topic }) => topic ?? []),
    marks: [...[...fresh, ...again].map(({ mark }) => mark), ...(closes ? ["complete"] : [])],
    stalled,
    handover: givesUp ? "the bot had no answer" : null,
  };
}

function leave(begun: Begun, text: string, handover: string): TurnPlan {
  return { ...begun, text, asks: null, topics: [], marks: [], stalled: true, handover };
}

function wantsPerson({ messages }: TurnFacts): boolean {
  return messages.some(({ intents }) => intents.includes("human"));
}

/** Whether the person told something of themself, be it read here or by the intake, which has put it into the record already. */
function saysWhoTheyAre({ messages, person, state }: TurnFacts, learnt: Learnt): boolean {
  if (Object.keys(learnt).length > 0) return true;
  const { lastAsked } = state;
  if (lastAsked !== null && isKnown(person, lastAsked)) return true;
  return messages.some(({ text }) => Object.keys(readProfile(text)).length > 0);
}

function isKnown(person: TurnFacts["person"], field: AskedField): boolean {
  return field === "name" ? person.name !== "" : person[field] !== null;
}

/** Only what was not known: an answer to the question asked, where the intake did not read it already. */
function newFacts({ state, messages, person }: TurnFacts): Learnt {
  const { name, email, company, need } = readAnswer(state.lastAsked, messages);
  return {
    ...(name !== undefined && person.name === "" ? { name } : {}),
    ...(email !== undefined && person.email === null ? { email } : {}),
    ...(company !== undefined && person.company === null ? { company } : {}),
    ...(need !== undefined && person.need === null ? { need } : {}),
  };
}

type Answer = { mark: string; words: string; topic?: Topic };

function answersTo(facts: TurnFacts, language: BotLanguage, phrases: BotPhrases): Answer[] {
  const intents = new Set(facts.messages.flatMap((message) => message.intents));
  const topics = topicNames.filter((topic) => intents.has(topic));
  const entry = answeringEntry(facts, language);
  return [
    ...topics.map((topic) => ({ mark: topic, words: topicWords(topic, facts, phrases), topic })),
    ...(entry ? [{ mark: `entry:${entry.id}`, words: entry.answer }] : []),
  ];
}

/** What was not said in this conversation yet, and what is said again, until it was said often enough in a row. */
function sortAnswers(answers: Answer[], { answered }: BotState) {
  const fresh = answers.filter(({ mark }) => !answered.includes(mark));
  const repeated = answers.filter(({ mark }) => answered.includes(mark));
  const again = repeated.flatMap(({ mark, words }): Answer[] => {
    const repeats = answered.filter((known) => known.startsWith("again:") && known.endsWith(`:${mark}`)).length;
    return repeats < mostRepeats ? [{ mark: `again:${repeats + 1}:${mark}`, words }] : [];
  });
  return { fresh, again, isWornOut: repeated.length > again.length };
}

function topicWords(topic: Topic, { business }: TurnFacts, phrases: BotPhrases): string {
  switch (topic) {
    case "pricing":
      return business.prices === "" ? phrases.pricesLater : phrases.prices;
    case "demo":
      return business.demos ? phrases.demo : phrases.noAnswer;
    case "buy":
      return phrases.buy;
    case "resources":
      return phrases.resources;
  }
}

function answeringEntry({ messages, knowledge }: TurnFacts, language: BotLanguage) {
  for (const { text } of messages.toReversed()) {
    const entry = findAnswer(text, knowledge, language);
    if (entry) return entry;
  }
  return undefined;
}

function onlyMedia({ messages }: TurnFacts): boolean {
  return messages.every(({ text, type }) => text === "" && type !== "text");
}

function nextQuestion({ person, state }: TurnFacts, { learnt, declines }: Begun): AskedField | null {
  const isOpen = (field: AskedField) => field !== declines && !isKnown(person, field) && learnt[field] === undefined;
  const open = askOrder.filter(isOpen);
  return open.find((field) => (state.asked[field] ?? 0) < askAtMost) ?? null;
}

function greetingOf({ business, person }: TurnFacts, phrases: BotPhrases): string {
  if (business.greeting) return business.greeting;
  return person.name === "" ? phrases.greeting : phrases.greetingByName;
}

/** The words with the company's own put in; in one pass, so that nothing put in is read as a place to fill. */
export function fillIn(text: string, { business, person }: TurnFacts): string {
  const values: Record<string, string> = {
    business: business.name,
    prices: business.prices,
    name: person.name.split(" ", 1)[0] ?? "",
  };
  return text.replace(/\{(business|prices|name)\}/g, (_place, key: string) => values[key] ?? "");
}
