import type { AddressObject, Attachment, EmailAddress, ParsedMail } from "mailparser";
import { cleanText } from "../../../shared/clean-json.ts";
import { foldEmail } from "../../domain/accounts/email-address.ts";
import { type MailAddress, oneLine } from "../../domain/email/mail-address.ts";
import type { MailFile, ReadMail } from "../../domain/mail-intake/read-mail.ts";
import { automaticKind } from "./automatic-mail.ts";
import { foldMarked, foldQuotes } from "./fold-quotes.ts";
import { readMimePart } from "./mime-part.ts";
import { parseReport } from "./report/parse-report.ts";
import { idIn } from "./report/returned-message.ts";
import { unreadableMail } from "./unreadable-mail.ts";

/** "careful" leaves out what a hostile mail can make slow: the words of HTML, and the patterns that tell quotes. */
export type Pace = "usual" | "careful";

const mostRecipients = 200;
const mostFiles = 100;
const longestHtml = 2_000_000;
const longestHtmlInWords = 1_000_000;
const longestText = 100_000;
/** A report gives back at most a mail of ours; what stands in its first megabyte tells all. */
const reportBytes = 1_000_000;

/** A mail freed of its format. Throws where the format is beyond reading. */
export async function readMail(raw: Buffer, pace: Pace): Promise<ReadMail> {
  const head = unreadableMail(raw, "");
  const report = parseReport(readMimePart(raw.subarray(0, reportBytes).toString("latin1")));
  const mail = await parse(raw, pace);
  const parsedText = cleanText(mail.text ?? "").replace(pictureLine, "");
  const folded =
    pace === "usual"
      ? await foldQuotes(parsedText.slice(0, longestText))
      : foldMarked(parsedText.slice(0, longestText));
  const beyond = parsedText.slice(longestText);
  const html = typeof mail.html === "string" ? cleanText(mail.html) : null;
  const { files, left } = filesOf(mail.attachments);
  if (html !== null && html.length > longestHtml)
    files.push({ filename: "message.html", contentId: null, bytes: Buffer.from(html) });
  const from = addressesOf(mail.from)[0] ?? head.from;
  const to = addressesOf(mail.to);
  const cc = addressesOf(mail.cc);
  const subject = oneLine(cleanText(mail.subject ?? "")).slice(0, 1_000);
  return {
    ...head,
    from,
    to: to.slice(0, mostRecipients),
    cc: cc.slice(0, mostRecipients),
    moreRecipients: Math.max(0, to.length - mostRecipients) + Math.max(0, cc.length - mostRecipients),
    subject,
    references: referencesOf(mail),
    text: folded.text,
    quotedText: [folded.quoted ?? "", beyond].filter((part) => part !== "").join("\n") || null,
    html: html !== null && html.length <= longestHtml ? html : null,
    files,
    automatic: automaticKind(readMimePart(headOf(raw)).headers, subject),
    report,
    trouble: left > 0 ? `${left} of its files were left out: a mail may have ${mostFiles}.` : null,
    isUnreadable: false,
  };
}

// A picture among words: its address says nothing to a reader.
const pictureLine = /^[ \t]*\[(?:https?:|cid:)[^\]\s]+\][ \t]*\r?\n?/gm;

async function parse(raw: Buffer, pace: Pace): Promise<ParsedMail> {
  const { simpleParser } = await import("mailparser");
  const options = { skipImageLinks: true, keepCidLinks: true, skipTextToHtml: true, skipTextLinks: true };
  if (pace === "careful") return simpleParser(raw, { ...options, skipHtmlToText: true });
  // Too much HTML is an error to the parser, and no reason to lose the mail.
  return simpleParser(raw, { ...options, maxHtmlLengthToParse: longestHtmlInWords }).catch(() =>
    simpleParser(raw, { ...options, skipHtmlToText: true }),
  );
}

function headOf(raw: Buffer): string {
  return (
    raw
      .subarray(0, reportBytes)
      .toString("latin1")
      .split(/\r?\n\r?\n/, 1)[0] ?? ""
  );
}

function filesOf(attachments: Attachment[]): { files: MailFile[]; left: number } {
  const files = attachments.slice(0, mostFiles).map((file, index) => ({
    filename: filenameOf(file, index),
    contentId: idIn(file.contentId) ?? null,
    bytes: file.content,
  }));
  return { files: files.filter(({ bytes }) => bytes.length > 0), left: Math.max(0, attachments.length - mostFiles) };
}

// Only its last piece, without what separates folders or directs text: it is shown, and offered when the file is saved.
function filenameOf({ filename, contentType }: Attachment, index: number): string {
  const last =
    cleanText(filename ?? "")
      .split(/[/\\]/)
      .at(-1) ?? "";
  const clean = oneLine(last.replace(/[\u202a-\u202e\u2066-\u2069"<>:|?*]/g, "")).slice(-150);
  if (clean !== "" && !/^\.+$/.test(clean)) return clean;
  return contentType === "message/rfc822" ? `mail-${index + 1}.eml` : `file-${index + 1}`;
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): MailAddress[] {
  const all = (Array.isArray(field) ? field : [field]).flatMap((part) => part?.value ?? []);
  const flat = all.flatMap((entry): EmailAddress[] => entry.group ?? [entry]);
  return flat.flatMap(({ address, name }) => {
    const folded = foldEmail(cleanText(address ?? ""));
    if (folded === "" || folded.length > 254 || !/^[^\s@]+@[^\s@]+$/u.test(folded)) return [];
    return [{ address: folded, name: oneLine(cleanText(name ?? "")).slice(0, 200) }];
  });
}

function referencesOf({ references }: ParsedMail): string[] {
  const all = Array.isArray(references) ? references : (references ?? "").split(/\s+/);
  const ids = all.map((text) => idIn(text)).filter((id) => id !== null && id.length <= 500);
  return [...new Set(ids)].filter((id) => id !== null).slice(-50);
}
