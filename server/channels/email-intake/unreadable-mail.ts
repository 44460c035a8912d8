import { createHash } from "node:crypto";
import { cleanText } from "../../../shared/clean-json.ts";
import { foldEmail } from "../../domain/accounts/email-address.ts";
import { oneLine } from "../../domain/email/mail-address.ts";
import type { ReadMail } from "../../domain/mail-intake/read-mail.ts";
import { readMimePart } from "./mime-part.ts";
import { addressIn } from "./report/failure-sign.ts";
import { idIn } from "./report/returned-message.ts";

/** Heads are a few kilobytes; ten thousand recipients are half a megabyte. */
const headBytes = 600_000;

/** What the head alone says of a mail: simple enough to work for any bytes at all. `why` says in words what is wrong with the rest. */
export function unreadableMail(raw: Buffer, why: string): ReadMail {
  const { headers } = readMimePart(
    raw
      .subarray(0, headBytes)
      .toString("latin1")
      .split(/\r?\n\r?\n/, 1)[0] ?? "",
  );
  const first = (name: string) => headers.get(name)?.[0];
  const from =
    addressIn(first("from")) ??
    addressIn(first("sender")) ??
    addressIn(first("reply-to")) ??
    addressIn(first("return-path"));
  return {
    internetMessageId: messageIdOf(raw, first("message-id")),
    from: from === undefined ? null : { address: foldEmail(cleanText(from)).slice(0, 254), name: "" },
    to: [],
    cc: [],
    moreRecipients: 0,
    subject: oneLine(cleanText(first("subject") ?? "")).slice(0, 300),
    writtenAt: timeOf(first("date")),
    inReplyTo: shortId(first("in-reply-to")),
    references: [],
    text: "",
    quotedText: null,
    html: null,
    files: [],
    tokens: tokensOf(headers),
    automatic: null,
    report: null,
    trouble: why,
    isUnreadable: true,
  };
}

// An index has room for about 2,700 bytes; nobody's own id comes near.
function messageIdOf(raw: Buffer, field: string | undefined): string {
  const id = shortId(field);
  return id ?? `${createHash("sha256").update(raw).digest("hex")}@no-message-id.invalid`;
}

function shortId(field: string | undefined): string | null {
  const id = idIn(field);
  return id !== null && id.length <= 500 ? cleanText(id) : null;
}

function timeOf(field: string | undefined): Date | null {
  const at = new Date((field ?? "").replace(/\([^)]*\)/g, "").trim());
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1990 ? null : at;
}

const addressed = [
  "to",
  "cc",
  "delivered-to",
  "x-original-to",
  "envelope-to",
  "x-envelope-to",
  "x-forwarded-to",
  "x-rcpt-to",
];

/** `reply+<token>@…`, in whichever header the way here has left it. */
function tokensOf(headers: Map<string, string[]>): string[] {
  const text = addressed.flatMap((name) => headers.get(name) ?? []).join(" ");
  const found = [...text.matchAll(/\+([a-z0-9]{8,64})@/gi)].map(([, token]) => (token ?? "").toLowerCase());
  return [...new Set(found)].slice(0, 20);
}
