/** The new words of a mail, and what it only repeats. */
export type FoldedText = { text: string; quoted: string | null };

/** Beyond this the patterns of others could take for ever; only lines that begin with ">" are told apart. */
const longestForPatterns = 30_000;

/**
 * Folds what a reply repeats, and the signature below. Answers written between quoted lines are all kept. What would leave nothing is left
 * as it is: somebody may have forwarded something, or answered by quoting alone.
 */
export async function foldQuotes(written: string): Promise<FoldedText> {
  const plain = written.replaceAll("\r\n", "\n");
  const at = headerBlockAt(plain);
  const [own, repeated] = at === -1 ? [plain, ""] : [plain.slice(0, at), plain.slice(at)];
  const folded = own.length > longestForPatterns ? foldMarked(own) : await foldByPatterns(own);
  const text = folded.text.trim();
  if (text === "") return { text: plain.trim(), quoted: null };
  const quoted = [folded.quoted ?? "", repeated]
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n");
  return { text, quoted: quoted === "" ? null : quoted };
}

/** The same without anybody's patterns: for mails that took too long. */
export function foldMarked(written: string): FoldedText {
  const lines = written.replaceAll("\r\n", "\n").split("\n");
  const own = lines.filter((line) => !line.startsWith(">"));
  const quoted = lines.filter((line) => line.startsWith(">"));
  return { text: own.join("\n").trim(), quoted: quoted.length === 0 ? null : quoted.join("\n") };
}

async function foldByPatterns(own: string): Promise<FoldedText> {
  const { default: EmailReplyParser } = await import("email-reply-parser");
  const fragments = new EmailReplyParser().read(own).getFragments();
  const hidden = fragments.filter((fragment) => fragment.isHidden() && !fragment.isEmpty());
  const shown = fragments.filter((fragment) => !hidden.includes(fragment));
  const joined = (parts: typeof fragments) =>
    parts
      .map((part) => part.getContent())
      .join("\n")
      .trim();
  return { text: joined(shown), quoted: hidden.length === 0 ? null : joined(hidden) };
}

// Outlook repeats the mail below its head, unmarked: From, then Sent or Date, then To, each on a line of its own, in the sender's language.
const headerBlock =
  /^[ \t]*(?:[-_]{5,}[^\n]*\n\s*)?[ \t]*\*?(?:from|von|de|da|van|fra|från|od|от)[ \t]?:\*?[^\n]+\n(?:[^\n]+\n){0,3}?[ \t]*\*?(?:sent|date|gesendet|datum|envoyé|fecha|enviado(?: el| em)?|data|inviato|verzonden|sendt|skickat|wysłano|отправлено|дата)[ \t]?:\*?[^\n]+\n[ \t]*\*?(?:to|an|à|para|a|aan|til|till|do|кому)[ \t]?:/imu;

function headerBlockAt(text: string): number {
  return text.slice(0, longestForPatterns).search(headerBlock);
}
