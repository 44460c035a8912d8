import { readProfile } from "../intake/read-profile.ts";
import { asksForPerson } from "./asks-for-person.ts";
import type { Learnt, Topic, TurnFacts, TurnPlan } from "./bot-turn.ts";
import { findAnswer } from "./find-answer.ts";
import { languageOf } from "./language-of.ts";
import type { AskedField, BotPhrases } from "./phrases/bot-phrases.ts";
import { type BotLanguage, phrasesFor } from "./phrases/phrases-for.ts";
import { readAnswer } from "./read-answer.ts";

/** After so many turns in a row without anything new the bot leaves: to a person, or because a machine answers it. */
export const mostStalledTurns = 5;

/** Why the bot leaves, as task and notification say it. */
export const askedForPerson = "asked for a person";

const askOrder: AskedField[] = ["name", "need", "company", "email"];
const askAtMost = 2;
const topicNames: Topic[] = ["pricing", "demo", "buy", "resources"];

/** The bot's answer by rules alone: one message a turn, whatever came in. */
export function planTurn(facts: TurnFacts): TurnPlan {
  const language = languageOf(
    facts.messages.map(({ text }) => text),
    { spokenBefore: facts.state.language, ofPerson: facts.person.language, ofCompany: facts.business.locale },
  );
  const phrases = phrasesFor(language);
  const learnt = newFacts(facts);
  const plan = { language, learnt, asks: null, greets: facts.state.greetedAt === null };
  if (wantsPerson(facts))
    return { ...plan, text: phrases.handover, topics: [], marks: [], stalled: false, handover: askedForPerson };
  return answer(facts, plan, phrases);
}

type Begun = { language: BotLanguage; learnt: Learnt; greets: boolean; asks: AskedField | null };

function answer(facts: TurnFacts, begun: Begun, phrases: BotPhrases): TurnPlan {
  const topics = topicsOf(facts);
  const tellsOfThemself = saysWhoTheyAre(facts, begun.learnt);
  const entry = answeringEntry(facts, begun.language);
  const content = [
    ...(tellsOfThemself ? [phrases.thanks] : []),
    ...topics.map((topic) => topicWords(topic, facts, phrases)),
    ...(entry ? [entry.answer] : []),
    ...(onlyMedia(facts) ? [phrases.media] : []),
  ];
  const asks = nextQuestion(facts, begun.learnt);
  const helped = content.length > 0;
  // A greeting alone brings nothing new either; counting it keeps two bots at five replies in all.
  const stalled = !helped;
  const givesUp = stalled && !begun.greets && (asks === null || facts.state.stalledTurns + 1 >= mostStalledTurns);
  const closes = asks === null && tellsOfThemself && !facts.state.answered.includes("complete");
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
    topics,
    marks: [...topics, ...(entry ? [`entry:${entry.id}`] : []), ...(closes ? ["complete"] : [])],
    stalled,
    handover: givesUp ? "the bot had no answer" : null,
  };
}

function wantsPerson({ messages }: TurnFacts): boolean {
  return messages.some(({ intents, text }) => intents.includes("human") || asksForPerson(text));
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

/** What they want that was not answered yet in this conversation. */
function topicsOf({ messages, state }: TurnFacts): Topic[] {
  const intents = new Set(messages.flatMap((message) => message.intents));
  return topicNames.filter((topic) => intents.has(topic) && !state.answered.includes(topic));
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

function answeringEntry({ messages, knowledge, state }: TurnFacts, language: BotLanguage) {
  const open = knowledge.filter(({ id }) => !state.answered.includes(`entry:${id}`));
  for (const { text } of messages.toReversed()) {
    const entry = findAnswer(text, open, language);
    if (entry) return entry;
  }
  return undefined;
}

function onlyMedia({ messages }: TurnFacts): boolean {
  return messages.every(({ text, type }) => text === "" && type !== "text");
}

function nextQuestion({ person, state }: TurnFacts, learnt: Learnt): AskedField | null {
  const open = askOrder.filter((field) => !isKnown(person, field) && learnt[field] === undefined);
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
