import { charsetText } from "./charset-text.ts";

/** A part of a report. Reports are small and flat, so they are read strictly; people's mails go through mailparser. */
export type MimePart = {
  headers: Map<string, string[]>;
  /** Lower-case, without parameters. */
  type: string;
  parameters: Map<string, string>;
  /** As it stands in the mail, one character a byte. */
  raw: string;
  parts: MimePart[];
};

const deepest = 8;
const mostParts = 60;

/** Takes apart what stands in `source` (one character a byte). What nests deeper, or comes after sixty parts, stays in one piece. */
export function readMimePart(source: string): MimePart {
  return read(source, { depth: 0, left: mostParts });
}

export function headerOf(part: MimePart, name: string): string | undefined {
  return part.headers.get(name)?.[0];
}

/** The part and all below it, in their order. */
export function allParts(part: MimePart): MimePart[] {
  return [part, ...part.parts.flatMap(allParts)];
}

/** The text of a part that is no container. */
export function textOfPart(part: MimePart): string {
  const encoding = (headerOf(part, "content-transfer-encoding") ?? "").trim().toLowerCase();
  return charsetText(bytesOf(part.raw, encoding), part.parameters.get("charset") ?? "utf-8").replaceAll("\r\n", "\n");
}

/** Lines of `Name: value`, folded lines joined; a repeated name keeps all its values. */
export function readFields(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  const unfolded = text.replace(/\r?\n[ \t]+/g, " ");
  for (const line of unfolded.split(/\r?\n/)) {
    const at = line.indexOf(":");
    if (at <= 0) continue;
    const name = line.slice(0, at).trim().toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), line.slice(at + 1).trim()]);
  }
  return fields;
}

type Budget = { depth: number; left: number };

function read(source: string, budget: Budget): MimePart {
  const end = /\r?\n\r?\n/.exec(source);
  const head = end ? source.slice(0, end.index) : source;
  const raw = end ? source.slice(end.index + end[0].length) : "";
  const headers = readFields(head);
  const [kind = "", ...rest] = (headers.get("content-type")?.[0] ?? "text/plain").split(";");
  // "text/plain charset=…": some forget the semicolon.
  const [type = ""] = kind.trim().toLowerCase().split(/\s/);
  const parameters = new Map(rest.flatMap(parameterOf));
  const part: MimePart = { headers, type, parameters, raw, parts: [] };
  const boundary = parameters.get("boundary");
  if (boundary && part.type.startsWith("multipart/") && budget.depth < deepest) {
    for (const piece of piecesOf(raw, boundary)) {
      if (budget.left-- <= 0) break;
      part.parts.push(readBelow(piece, budget));
    }
  }
  return part;
}

function readBelow(piece: string, budget: Budget): MimePart {
  const below = { depth: budget.depth + 1, left: budget.left };
  const part = read(piece, below);
  budget.left = below.left;
  return part;
}

function piecesOf(raw: string, boundary: string): string[] {
  // Only where the line ends there: "--b and more" is somebody's text.
  const [, ...pieces] = `\n${raw}`.split(new RegExp(`\\n--${RegExp.escape(boundary)}(?=--|[ \\t]*\\r?\\n|[ \\t]*$)`));
  const end = pieces.findIndex((piece) => piece.startsWith("--"));
  return (end === -1 ? pieces : pieces.slice(0, end)).map((piece) =>
    piece.replace(/^[ \t]*\r?\n/, "").replace(/\r$/, ""),
  );
}

function parameterOf(text: string): [string, string][] {
  const [, name, quoted, plain] = /^\s*([\w-]+)\*?\s*=\s*(?:"([^"]*)"?|([^\s"]+))/.exec(text) ?? [];
  return name === undefined ? [] : [[name.toLowerCase(), quoted ?? plain ?? ""]];
}

function bytesOf(raw: string, encoding: string): Uint8Array {
  if (encoding === "base64") return Buffer.from(raw, "base64");
  if (encoding !== "quoted-printable") return Buffer.from(raw, "latin1");
  const joined = raw.replace(/[ \t]*=[ \t]*\r?\n/g, "");
  const decoded = joined.replace(/=([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, "latin1");
}
