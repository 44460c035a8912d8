import { companyNouns } from "../intake/lexicon.ts";
import { readProfile } from "../intake/read-profile.ts";
import { tokensOf } from "../intake/tokens.ts";
import { isFiller, isSentence } from "./judge-answer.ts";

const mostWords = 6;
const longest = 60;

const legalForm =
  /(?:^|[\s,])(?:gmbh|mbh|ag|kg|ohg|ug|ltd|limited|llc|llp|inc|corp|plc|ltda|eireli|sarl|sas|sasu|eurl|srl|bv|nv|s\.\s?[al]\.|s\.\s?r\.\s?l\.)\.?$/i;
const address = /@|:\/\/|www\.|\S\.\p{L}{2,}\//iu;
const leads = [
  /^(?:(?:we|i) ?(?:are|am|['’]re|['’]m) (?:with|from|at|calling from|writing from)|working (?:at|for|with)|we are|we['’]re|it['’]s|it is|(?:our |my |the )?company is(?: called)?) /i,
  /^(?:somos|soy|sou) (?:d[ao] |de )?(?:la |el |[ao] )?|^se (?:llama|chama) |^es |^é /i,
  /^(?:wir sind|wir heißen|ich bin (?:von|bei)|es ist|das ist) (?:(?:von )?(?:der|die|das) )?/i,
  /^(?:nous sommes|on est|je suis de|je suis chez|c['’]est) /i,
  /^(?:हम |hum )/i,
  /^(?:from|with|at|für|bei|von|pour|chez|de|d[ao]) (?=\p{Lu}|\p{Lo})/u,
];
const tails = /\s(?:(?:se|से)(?:\s(?:hai|hain|hoon|hu|है|हैं|हूँ|हूं))?|hai|hain|है|हैं)[.!।]*$/iu;

/** The company in an answer to the question for it; undefined where the answer reads as anything else, as a wrong one is worse than none. */
export function companyOfAnswer(text: string): string | undefined {
  if (address.test(text) || text.includes("\n")) return undefined;
  const { company, name } = readProfile(text);
  if (company !== undefined) return company;
  if (hasLegalForm(text)) return withinLimits(withoutLead(text));
  if (name !== undefined) return undefined;
  const bare = withoutLead(text);
  if (bare !== text && !isNamed(bare)) return undefined;
  return !isTitled(bare) && (isSentence(bare) || isOnlyKind(bare)) ? undefined : short(bare);
}

/** "Demo Systems GmbH" is a company, whatever else its words mean. */
export function hasLegalForm(text: string): boolean {
  return legalForm.test(text.trim()) && tokensOf(text).length > 1;
}

function withoutLead(text: string): string {
  const bare = text.replace(tails, "");
  const lead = leads.map((pattern) => pattern.exec(bare)?.[0] ?? "").find((found) => found !== "") ?? "";
  return isTitled(lead) ? bare : bare.slice(lead.length).trim();
}

function short(text: string): string | undefined {
  return withinLimits(text.replace(/(?<=\p{Ll}{2})[.…]+$/u, ""));
}

function withinLimits(name: string): string | undefined {
  return name.length > 1 && name.length <= longest && name.split(/\s+/).length <= mostWords ? name : undefined;
}

// "We are closed" against "we are Acme" and "we are blue ocean clinic".
function isNamed(text: string): boolean {
  return /^(?:\p{Lu}|\p{Lo}|\p{N})/u.test(text) || tokensOf(text).some(({ word }) => companyNouns.has(word));
}

// "A dental clinic", "my company": what it is, and not what it is called.
function isOnlyKind(text: string): boolean {
  if (/^(?:[Aa]n?|[Uu]n[ae]?|[Uu]ma?|[Ee]ine?) \p{Ll}/u.test(text)) return true;
  return tokensOf(text).every(({ word }) => companyNouns.has(word) || isFiller(word));
}

// "We Are Social": who writes a sentence gives its words no capitals.
function isTitled(text: string): boolean {
  const words = tokensOf(text);
  return words.length > 1 && /\p{Ll}/u.test(text) && words.every(({ raw }) => /^(?:\p{Lu}|\p{N})/u.test(raw));
}
