import { emailsOf } from "../intake/email.ts";
import { readProfile } from "../intake/read-profile.ts";
import type { Learnt, TurnMessage } from "./bot-turn.ts";
import { companyOfAnswer, hasLegalForm } from "./company-of-answer.ts";
import { isSentence, saysNone, saysNothing } from "./judge-answer.ts";
import type { AskedField } from "./phrases/bot-phrases.ts";

/** What is written or chosen; a caption or the name of a place stands beside something else. */
const wordTypes = new Set(["text", "button", "interactive", "email"]);

/**
 * What a person answers to the bot's question. The rules of the intake look for sentences ("my name is …"); an answer to a question is
 * a bare word, and only the question tells what it means.
 */
export function readAnswer(asked: AskedField | null, messages: TurnMessage[]): Learnt {
  if (asked === null) return {};
  for (const { text, intents } of spokenOf(messages)) {
    if (saysNothing(text) || saysNone(asked, text) || text.includes("?") || intents.includes("human")) continue;
    const learnt = answerTo(asked, text, intents);
    if (Object.keys(learnt).length > 0) return learnt;
  }
  return {};
}

/** Whether the person has nothing to tell: no company, no address. */
export function declines(asked: AskedField, messages: TurnMessage[]): boolean {
  return spokenOf(messages).some(({ text }) => saysNone(asked, text));
}

function spokenOf(messages: TurnMessage[]): { text: string; intents: string[] }[] {
  return messages
    .filter(({ type }) => wordTypes.has(type))
    .map(({ text, intents }) => ({ text: text.trim(), intents }))
    .filter(({ text }) => text !== "");
}

function answerTo(asked: AskedField, text: string, intents: string[]): Learnt {
  switch (asked) {
    case "email": {
      const address = emailsOf(text)[0]?.address;
      return address === undefined ? {} : { email: address };
    }
    case "name": {
      const name = isWish(text, intents) ? undefined : nameOf(text);
      return name === undefined ? {} : { name };
    }
    case "company": {
      const company = isWish(text, intents) && !hasLegalForm(text) ? undefined : companyOfAnswer(text);
      return company === undefined ? {} : { company };
    }
    case "need":
      return text.length >= 3 ? { need: text.slice(0, 300) } : {};
  }
}

// "I want a demo" is a wish and nobody's name or company.
function isWish(text: string, intents: string[]): boolean {
  return intents.length > 0 || readProfile(text).need !== undefined;
}

function nameOf(text: string): string | undefined {
  const { name } = readProfile(text);
  if (name !== undefined) return name;
  const isName = text.length <= 60 && wordsIn(text) <= 4 && /^[\p{L}\p{M}][\p{L}\p{M}.'’ -]*$/u.test(text);
  return isName && !isSentence(text) ? text : undefined;
}

function wordsIn(text: string): number {
  return text.split(/\s+/).length;
}
