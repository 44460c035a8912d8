/** "Ana Souza" → "AS"; a name without letters (a number, an id) gives none. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.]+/u).filter((word) => /^\p{L}/u.test(word));
  const [first = "", last = ""] = words.length > 1 ? [words[0], words.at(-1)] : words;
  return `${letterOf(first)}${letterOf(last)}`.toUpperCase();
}

/** A whole letter, where it takes two units, too. */
function letterOf(word: string): string {
  return /^./u.exec(word)?.[0] ?? "";
}
