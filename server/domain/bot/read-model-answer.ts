import { foldText } from "../../../shared/fold-text.ts";
import { objectOf, textOf } from "../../../shared/json.ts";
import { emailsOf } from "../intake/email.ts";
import type { Learnt, TurnFacts } from "./bot-turn.ts";
import { companyOfAnswer } from "./company-of-answer.ts";
import { hasForeignContact } from "./foreign-contacts.ts";

export type ModelReply = { text: string; offTopic: boolean; handover: boolean; learnt: Learnt };

const longestReply = 900;

/**
 * What a model said, if it kept to its task; undefined otherwise, and then the rules answer. A model may be talked into anything, so
 * nothing is believed: only the known form, no link or number that we did not give it, no fact of the person that they did not write.
 */
export function readModelAnswer(answer: string, facts: TurnFacts): ModelReply | undefined {
  const json = objectOf(parse(answer));
  const text = textOf(json?.reply)?.trim() ?? "";
  const offTopic = json?.off_topic === true;
  const handover = json?.handover === true;
  if (json === undefined || (text === "" && !offTopic && !handover)) return undefined;
  if (text.length > longestReply || text.includes("```") || hasForeignContact(text, given(facts))) return undefined;
  return { text, offTopic, handover, learnt: learntOf(objectOf(json.profile) ?? {}, facts) };
}

function given({ business, knowledge }: TurnFacts): string {
  return [business.name, business.about, business.prices, ...knowledge.map((entry) => entry.answer)].join("\n");
}

function parse(answer: string): unknown {
  const from = answer.indexOf("{");
  const to = answer.lastIndexOf("}");
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(answer.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

function learntOf(profile: Record<string, unknown>, facts: TurnFacts): Learnt {
  const written = foldText(facts.history.map(({ direction, text }) => (direction === "in" ? text : "")).join("\n"));
  const said = (value: unknown) => {
    const text = textOf(value)?.trim();
    return text !== undefined && text !== "" && text.length <= 300 && written.includes(foldText(text))
      ? text
      : undefined;
  };
  const name = said(profile.name);
  const email = emailsOf(said(profile.email) ?? "")[0]?.address;
  const company = companyOfAnswer(said(profile.company) ?? "");
  const need = said(profile.need);
  return {
    ...(name !== undefined && facts.person.name === "" ? { name } : {}),
    ...(email !== undefined && facts.person.email === null ? { email } : {}),
    ...(company !== undefined && facts.person.company === null ? { company } : {}),
    ...(need !== undefined && facts.person.need === null ? { need } : {}),
  };
}
