import { emailsOf } from "../intake/email.ts";
import { readProfile } from "../intake/read-profile.ts";
import type { Learnt, TurnMessage } from "./bot-turn.ts";
import type { AskedField } from "./phrases/bot-phrases.ts";

const greetings =
  /^(hi+|hello|hey|ok(ay)?|yes|no|hola|si|sí|buenas|buenos d[ií]as|gracias|ol[aá]|oi|bom dia|sim|n[aã]o|obrigad[oa]|hallo|ja|nein|danke|guten (tag|morgen|abend)|bonjour|salut|oui|non|merci|namaste|haan|nahi|thanks|thank you|नमस्ते|हाँ|नहीं|धन्यवाद)[\s!.,?]*$/iu;

/**
 * What a person answers to the bot's question. The rules of the intake look for sentences ("my name is …"); an answer to a question is
 * a bare word, and only the question tells what it means.
 */
export function readAnswer(asked: AskedField | null, messages: TurnMessage[]): Learnt {
  if (asked === null) return {};
  for (const { text, intents } of messages) {
    const words = text.trim();
    if (words === "" || greetings.test(words) || words.includes("?") || intents.includes("human")) continue;
    // "I want a demo" is a wish and nobody's name or company.
    if ((asked === "name" || asked === "company") && (intents.length > 0 || readProfile(words).need !== undefined))
      continue;
    const learnt = answerTo(asked, words);
    if (Object.keys(learnt).length > 0) return learnt;
  }
  return {};
}

function answerTo(asked: AskedField, text: string): Learnt {
  switch (asked) {
    case "email": {
      const address = emailsOf(text)[0]?.address;
      return address === undefined ? {} : { email: address };
    }
    case "name":
      return isName(text) ? { name: text } : {};
    case "company":
      return text.length <= 60 && wordsIn(text) <= 6 && !text.includes("@") && !text.includes("\n")
        ? { company: text }
        : {};
    case "need":
      return text.length >= 3 ? { need: text.slice(0, 300) } : {};
  }
}

function isName(text: string): boolean {
  return text.length <= 60 && wordsIn(text) <= 4 && /^[\p{L}\p{M}][\p{L}\p{M}.'’ -]*$/u.test(text);
}

function wordsIn(text: string): number {
  return text.split(/\s+/).length;
}
