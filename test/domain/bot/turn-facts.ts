import type { BotPerson, BotState, KnowledgeEntry, TurnFacts } from "../../../server/domain/bot/bot-turn.ts";
import { readIntents } from "../../../server/domain/intake/read-intents.ts";

type Given = {
  says: string | string[];
  type?: string;
  person?: Partial<BotPerson>;
  state?: Partial<BotState>;
  knowledge?: Partial<KnowledgeEntry>[];
  prices?: string;
  locale?: string;
};

/** What the bot knows of a conversation, for tests of its rules. */
export function turnFacts({
  says,
  type = "text",
  person,
  state,
  knowledge = [],
  prices = "",
  locale = "en",
}: Given): TurnFacts {
  const texts = [says].flat();
  return {
    conversationId: 1,
    contactId: 1,
    leadId: 1,
    lastMessageId: texts.length,
    messages: texts.map((text, index) => ({
      id: index + 1,
      text,
      type,
      intents: readIntents(text).map(({ intent }) => intent),
      sentAt: "2026-11-21T10:00:00Z",
    })),
    history: texts.map((text) => ({ direction: "in", text })),
    person: { name: "", email: null, company: null, need: null, language: null, ...person },
    state: {
      language: null,
      greetedAt: null,
      asked: {},
      lastAsked: null,
      answered: [],
      stalledTurns: 0,
      repliesToday: 0,
      ...state,
    },
    knowledge: knowledge.map((entry, index) => ({
      id: index + 1,
      question: "",
      answer: "",
      keywords: [],
      language: null,
      ...entry,
    })),
    business: { name: "Sun Clinic", about: "", greeting: null, prices, demos: true, locale },
    silence: null,
  };
}
