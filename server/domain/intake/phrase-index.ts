import type { Token } from "./tokens.ts";
import { gapRank, tokensOf } from "./tokens.ts";

/** Words `from` (inclusive) to `to` (exclusive) were found to be such a phrase, in these languages (one bit each). */
export type Span = { from: number; to: number; languages: number };

type Node = { next: Map<string, Node>; kinds: Map<string, number> };

/** All phrases of all languages in one tree, so that one pass over the words finds them all. */
export class PhraseIndex {
  readonly #root: Node = { next: new Map(), kinds: new Map() };

  add(kind: string, phrases: string[], language: number): void {
    for (const phrase of phrases.flatMap(expand)) this.#insert(kind, phrase, language);
  }

  /** The phrases by kind, in the order of the text; of several that begin at one word the longest. */
  find(tokens: Token[]): Map<string, Span[]> {
    const found = new Map<string, Span[]>();
    for (let from = 0; from < tokens.length; from++) this.#walk(tokens, from, found);
    return found;
  }

  #walk(tokens: Token[], from: number, found: Map<string, Span[]>): void {
    let node: Node | undefined = this.#root;
    for (let at = from; at < tokens.length; at++) {
      const token = tokens[at];
      if (token === undefined || (at > from && token.rank !== gapRank.joined)) return;
      node = node.next.get(token.word);
      if (node === undefined) return;
      for (const [kind, languages] of node.kinds) note(found, kind, { from, to: at + 1, languages });
    }
  }

  #insert(kind: string, phrase: string, language: number): void {
    let node = this.#root;
    for (const { word } of tokensOf(phrase)) {
      const next: Node = node.next.get(word) ?? { next: new Map(), kinds: new Map() };
      node.next.set(word, next);
      node = next;
    }
    node.kinds.set(kind, (node.kinds.get(kind) ?? 0) | language);
  }
}

function note(found: Map<string, Span[]>, kind: string, span: Span): void {
  const spans = found.get(kind);
  if (spans === undefined) found.set(kind, [span]);
  else if (spans.at(-1)?.from === span.from) spans[spans.length - 1] = span;
  else spans.push(span);
}

// "i'm|we're looking for?" → every spelling it stands for, also with the apostrophes left out.
function expand(phrase: string): string[] {
  let spellings = [""];
  for (const group of phrase.split(" ")) {
    const optional = group.endsWith("?");
    const words = (optional ? group.slice(0, -1) : group).split("|");
    const longer = spellings.flatMap((spelling) => words.map((word) => `${spelling} ${word}`));
    spellings = optional ? [...spellings, ...longer] : longer;
  }
  const filled = spellings.filter((spelling) => spelling.trim() !== "");
  return filled.flatMap((spelling) => (spelling.includes("'") ? [spelling, spelling.replaceAll("'", "")] : [spelling]));
}
