import type { Token } from "./tokens.ts";
import { gapRank, tokensOf } from "./tokens.ts";

/** Words `from` (inclusive) to `to` (exclusive) were found to be such a phrase, in these languages (one bit each). */
export type Span = { from: number; to: number; languages: number };

type Kind = { name: string; languages: number };

/** Empty maps would be nine megabytes of memory while the tree is built. */
type Node = { next: Map<string, Node> | undefined; kinds: Kind[] | undefined };

const newNode = (): Node => ({ next: undefined, kinds: undefined });

/** All phrases of all languages in one tree, so that one pass over the words finds them all. */
export class PhraseIndex {
  #root = newNode();

  add(kind: string, phrases: string[], language: number): void {
    for (const phrase of phrases.flatMap(expand)) this.#insert(kind, phrase, language);
  }

  /** Nothing is added any more: what goes on in the same way becomes one node. Of 40,000 are left 1,300, and of 18 MB one. */
  close(): void {
    this.#root = sharedNode(this.#root, new Map(), new Map());
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
      node = node.next?.get(token.word);
      if (node === undefined) return;
      for (const { name, languages } of node.kinds ?? []) note(found, name, { from, to: at + 1, languages });
    }
  }

  #insert(kind: string, phrase: string, language: number): void {
    let node = this.#root;
    for (const { word } of tokensOf(phrase)) {
      node.next ??= new Map();
      const next = node.next.get(word) ?? newNode();
      node.next.set(word, next);
      node = next;
    }
    node.kinds ??= [];
    const known = node.kinds.find(({ name }) => name === kind);
    if (known) known.languages |= language;
    else node.kinds.push({ name: kind, languages: language });
  }
}

/** The one node of `known` that ends and goes on as this one does; `ids` tells such nodes apart in few letters. */
function sharedNode({ next, kinds }: Node, known: Map<string, Node>, ids: Map<Node, number>): Node {
  const children = [...(next ?? [])].map(([word, child]) => [word, sharedNode(child, known, ids)] as const);
  const ends = (kinds ?? []).map(({ name, languages }) => `${name} ${languages}`);
  const goesOn = children.map(([word, child]) => `${word} ${ids.get(child)}`);
  const signature = [...ends.toSorted(), "", ...goesOn.toSorted()].join("\n");
  const same = known.get(signature);
  if (same) return same;
  const node = { next: next && new Map(children), kinds };
  known.set(signature, node);
  ids.set(node, ids.size);
  return node;
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
