/**
 * Words of messages as the database indexes them (message_words in db/migrations/0011_workbench.sql): folded, and scripts without
 * spaces as overlapping pairs of letters. A test compares the two over many scripts.
 */
export type FoundWord = {
  word: string;
  /** Where it stands in the text, in code units. */
  start: number;
  end: number;
};

const marks = anyOf([
  String.raw`\u00ad \u0300-\u036f \u0591-\u05bd \u05bf \u05c1-\u05c7 \u0610-\u061a \u0640 \u064b-\u065f \u0670`,
  String.raw`\u06d6-\u06ed \u093c \u09bc \u0a3c \u200b-\u200f \u202a-\u202e \u2060-\u206f \u3099 \u309a \ufe00-\ufe0f`,
  String.raw`\ufeff`,
]);
const separator = anyOf([
  String.raw`\u0000-\u002f \u003a-\u0060 \u007b-\u00bf \u00d7 \u00f7 \u02c2-\u02df \u055a-\u055f \u0589 \u058a \u05be`,
  String.raw`\u05c0 \u05c3 \u05c6 \u05f3 \u05f4 \u060c \u061b \u061f \u066a-\u066d \u06d4 \u0964 \u0965 \u0970 \u0e2f`,
  String.raw`\u0e3f \u0e4f \u0e5a \u0e5b \u104a-\u104f \u1361-\u1368 \u1680 \u17d4-\u17da \u180e \u2000-\u2bff`,
  String.raw`\u2e00-\u2e7f \u3000-\u3004 \u3008-\u3020 \u3030 \u303d \u30a0 \u30fb \ufe10-\ufe6f \uff01-\uff0f`,
  String.raw`\uff1a-\uff20 \uff5b-\uff65 \u{1f000}-\u{1faff}`,
]);
const spaceless = anyOf([
  String.raw`\u0e00-\u0eff \u1000-\u109f \u1780-\u17ff \u2e80-\u2fdf \u3005-\u3007 \u3041-\u30ff \u31f0-\u31ff`,
  String.raw`\u3400-\u4dbf \u4e00-\u9fff \uf900-\ufaff \u{20000}-\u{323af}`,
]);
const letters: Record<string, string> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  ς: "σ",
  ß: "ss",
  œ: "oe",
  æ: "ae",
  ى: "ي",
  ة: "ه",
  ی: "ي",
};

const longestWord = 60;

/** A run of letters between separators, all of them of a script with spaces or all of one without. */
export type WordRun = FoundWord & { kind: "word" | "spaceless" };

/** The runs of a text in their order, each with its place. */
export function wordRuns(text: string): WordRun[] {
  const runs: WordRun[] = [];
  let open: WordRun | undefined;
  let start = 0;
  for (const point of text) {
    const end = start + point.length;
    const folded = foldedPoint(point);
    for (const { letter, kind } of folded) {
      if (kind === "separator") open = undefined;
      else if (open?.kind === kind) {
        open.word += letter;
        open.end = end;
      } else {
        open = { kind, word: letter, start, end };
        runs.push(open);
      }
    }
    // A mark without a letter of its own belongs to the letter before it.
    if (open && folded.length === 0) open.end = end;
    start = end;
  }
  for (const run of runs) if (run.kind === "word") run.word = shortened(run.word);
  return runs;
}

/**
 * The runs as the index has them. The whole text is normalised at once, which also puts marks of one letter into their order; the
 * places are no longer those of the text.
 */
export function indexedRuns(text: string): WordRun[] {
  return wordRuns(text.normalize("NFKD").replaceAll(marks, "").normalize("NFC"));
}

/** The words that stand in the index, in their order. */
export function indexedWords(text: string): string[] {
  return indexedRuns(text).flatMap(({ kind, word }) => (kind === "word" ? [word] : pairsOf(word, "whole")));
}

/** Overlapping pairs of letters; a text ends with its last letter alone, a part sought in it does not. */
export function pairsOf(run: string, extent: "whole" | "part"): string[] {
  const points = Array.from(run);
  const pairs = points.slice(0, -1).map((point, index) => `${point}${points[index + 1] ?? ""}`);
  return extent === "whole" || pairs.length === 0 ? [...pairs, ...points.slice(-1)] : pairs;
}

type FoldedLetter = { letter: string; kind: WordRun["kind"] | "separator" };

// A snippet asks for every letter of a page's messages, and a language has few: to fold them each time was half of a search in Node.
const folds = new Map<string, FoldedLetter[]>();
const mostFolds = 2_000;

function foldedPoint(point: string): FoldedLetter[] {
  const known = folds.get(point);
  if (known) return known;
  const folded = Array.from(foldPoint(point), (letter) => ({ letter, kind: kindOf(letter) }));
  if (folds.size >= mostFolds) folds.clear();
  folds.set(point, folded);
  return folded;
}

function kindOf(letter: string): FoldedLetter["kind"] {
  if (letter <= "~") return (letter >= "a" && letter <= "z") || (letter >= "0" && letter <= "9") ? "word" : "separator";
  if (letter.search(separator) === 0) return "separator";
  return letter.search(spaceless) === 0 ? "spaceless" : "word";
}

function anyOf(ranges: string[]): RegExp {
  return new RegExp(`[${ranges.join("").replaceAll(" ", "")}]`, "gu");
}

function foldPoint(point: string): string {
  if (point >= " " && point <= "~") return point.toLowerCase();
  const folded = point.normalize("NFKD").replaceAll(marks, "").normalize("NFC").toLowerCase();
  return Array.from(folded, (letter) => letters[letter] ?? letter).join("");
}

function shortened(word: string): string {
  return word.length <= longestWord ? word : Array.from(word).slice(0, longestWord).join("");
}
