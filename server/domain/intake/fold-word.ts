const ascii = /^[\x20-\x7e]*$/;
// Latin accents, and the two Hindi signs that people leave out or mix: the dot below and the candrabindu.
const marks = /[\u0300-\u036f\u093c]/g;

/** A word as it is compared: lower case, without accents; `ß` is `ss`. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  if (ascii.test(lower)) return lower;
  return lower.normalize("NFD").replace(marks, "").replaceAll("ß", "ss").replaceAll("\u0901", "\u0902");
}

/** A word list (one string) as the set of its folded words. */
export function foldedWords(...lists: string[]): Set<string> {
  return new Set(
    lists.flatMap((list) =>
      list
        .split(" ")
        .filter((word) => word !== "")
        .map(foldWord),
    ),
  );
}
