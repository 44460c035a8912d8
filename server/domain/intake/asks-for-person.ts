import { foldedWords } from "./fold-word.ts";
import { personWords } from "./language/person-words.ts";
import { type Token, tokensOf } from "./tokens.ts";

const mostWords = 12;

const byLanguage = Object.entries(personWords).map(([code, { people, around }]) => ({
  code,
  words: foldedWords(people, around),
}));
const people = foldedWords(...Object.values(personWords).map((words) => words.people));
const around = foldedWords(...Object.values(personWords).map((words) => words.around));

/**
 * "agent", "an agent please", "Ich brauche einen Menschen": a wish for a person and nothing besides. Anything else beside it ("travel
 * agent", "human resources", "the operator of our clinic") is about something else.
 */
export function asksForPerson(tokens: Token[]): boolean {
  if (tokens.length === 0 || tokens.length > mostWords) return false;
  return (
    tokens.some(({ word }) => people.has(word)) && tokens.every(({ word }) => people.has(word) || around.has(word))
  );
}

/** In which languages such a wish is said, as far as its words tell: those with the most of them; none where it is no such wish. */
export function languagesOfWish(text: string): string[] {
  const tokens = tokensOf(text);
  if (!asksForPerson(tokens)) return [];
  const counts = byLanguage.map(({ words }) => tokens.filter(({ word }) => words.has(word)).length);
  const most = Math.max(...counts);
  return byLanguage.flatMap(({ code }, index) => (counts[index] === most ? code : []));
}
