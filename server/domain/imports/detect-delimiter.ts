export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

const lookedAt = 65_536;

/** The separator that stands most often in the first line, quotes apart. Excel's "sep=;" line says it itself. */
export function detectDelimiter(text: string): { delimiter: Delimiter; body: string } {
  const said = /^sep=([,;\t|])\r?\n/i.exec(text);
  const named = delimiters.find((delimiter) => delimiter === said?.[1]);
  if (said && named) return { delimiter: named, body: text.slice(said[0].length) };
  const line = firstLine(text.slice(0, lookedAt));
  const counted = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length - 1 }));
  const most = counted.reduce((best, each) => (each.count > best.count ? each : best), {
    delimiter: ",",
    count: 0,
  } as const);
  return { delimiter: most.delimiter, body: text };
}

/** Without what stands in quotes, where a line break or a comma belongs to the value. */
function firstLine(text: string): string {
  let quoted = false;
  let line = "";
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === "\n" || letter === "\r") && line.trim() !== "") return line;
    else if (!quoted) line += letter;
  }
  return line;
}
