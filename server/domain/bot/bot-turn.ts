import type { AskedField } from "./phrases/bot-phrases.ts";
import type { BotLanguage } from "./phrases/phrases-for.ts";

export type TurnMessage = { id: number; text: string; type: string; intents: string[]; sentAt: string };

export type HistoryLine = { direction: "in" | "out"; text: string };

export type KnowledgeEntry = {
  id: number;
  question: string;
  answer: string;
  keywords: string[];
  language: string | null;
};

export type BotState = {
  language: string | null;
  greetedAt: string | null;
  asked: Record<string, number>;
  lastAsked: AskedField | null;
  answered: string[];
  stalledTurns: number;
  repliesToday: number;
};

export type BotPerson = {
  name: string;
  email: string | null;
  company: string | null;
  need: string | null;
  language: string | null;
};

/** What the person said that the bot had asked for, or that a model read out of the messages. */
export type Learnt = { name?: string; email?: string; company?: string; need?: string };

/** Everything the bot looks at before it answers. */
export type TurnFacts = {
  conversationId: number;
  contactId: number;
  leadId: number | null;
  /** The newest message that was seen; a newer one makes this turn stale. */
  lastMessageId: number;
  /** What came in since anybody answered, oldest first. */
  messages: TurnMessage[];
  history: HistoryLine[];
  person: BotPerson;
  state: BotState;
  knowledge: KnowledgeEntry[];
  business: { name: string; about: string; greeting: string | null; prices: string; demos: boolean; locale: string };
  silence: Silence | null;
};

/** Why the bot does not answer. */
export type Silence =
  | "switched_off"
  | "handed_over"
  | "colleague_is_writing"
  | "window_closed"
  | "nothing_to_answer"
  | "daily_limit"
  | "deleted_person";

export type Topic = "pricing" | "demo" | "buy" | "resources";

/** What the bot is going to do in this turn; one message at most. */
export type TurnPlan = {
  text: string;
  language: BotLanguage;
  asks: AskedField | null;
  greets: boolean;
  learnt: Learnt;
  /** What was asked for and is not to be had: it is not asked for again. */
  declines: AskedField | null;
  /** Taken up for the first time. */
  topics: Topic[];
  /** What counts as answered from now on: topics, "entry:5", "complete", and "again:2:entry:5" for the second time it was repeated. */
  marks: string[];
  /** Nothing new came of it: neither a fact of the person nor an answer that had not been given. */
  stalled: boolean;
  handover: string | null;
};
