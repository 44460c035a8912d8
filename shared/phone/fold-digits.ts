const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0xff10];
const foreignDigits = new RegExp(`[${zeros.map((zero) => `${hex(zero)}-${hex(zero + 9)}`).join("")}]`, "g");

/** Arabic, Devanagari, full-width and other digits as 0–9; the text keeps its length, so that offsets stay true. */
export function foldDigits(text: string): string {
  return text.replace(foreignDigits, asciiDigit);
}

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = zeros.find((start) => code >= start && code < start + 10) ?? code;
  return String(code - zero);
}

function hex(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
