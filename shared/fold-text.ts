/**
 * A spelling that forgives case, accents, width and spaces: "  Ávila  Gómez " → "avila gomez". Used when writing search columns and
 * unique names, and on what a person types, so that both sides meet.
 */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(marks, "")
    .toLowerCase()
    .replace(special, fromSpecial)
    .replace(/\s+/g, " ")
    .trim();
}

// Marks of Latin, Greek and Cyrillic only: in Hindi and Arabic the marks are vowels, and without them words fall together.
const marks = /[\u0300-\u036f]/g;
const special = /[ßøœæłđ]/g;
const specialSpellings: Record<string, string> = { ß: "ss", ø: "o", œ: "oe", æ: "ae", ł: "l", đ: "d" };

function fromSpecial(letter: string): string {
  return specialSpellings[letter] ?? letter;
}
