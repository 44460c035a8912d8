import { createHash } from "node:crypto";
import { createSideThread } from "../side-thread.ts";
import { cleanHtml, type Images } from "./clean-html.ts";
import type { CleanOrder } from "./clean-html-thread.ts";

export type SanitiseOptions = {
  /** Pictures at foreign addresses tell their sender that the mail was read, and where. */
  images: Images;
};

/** Up to here cleaning takes a few milliseconds; beyond, a mail made for it takes seconds (measured: 200 kB of styles 1.2 s). */
const longestHere = 10_000;
/** What is shown of a mail's HTML; nobody reads further. */
const longestShown = 500_000;
const timeoutMs = 10_000;

const cleaner = createSideThread<CleanOrder, string>(new URL("./clean-html-thread.ts", import.meta.url), {
  memoryMb: 256,
  idleMs: 30_000,
});

/**
 * A mail's HTML as it may be shown: no code, no forms, no styles that reach beyond their element, no foreign pictures unless asked for.
 * Links open elsewhere and take nothing along. What is long is cleaned in a thread of its own; what takes too long is not shown.
 */
export async function sanitiseMail(html: string, { images }: SanitiseOptions): Promise<string> {
  if (html.length <= longestHere) return cleanHtml(html, images);
  const key = createHash("sha256").update(images).update(html).digest("base64url");
  const known = recent.get(key);
  if (known !== undefined) return known;
  const answer = await cleaner.ask({ html: html.slice(0, longestShown), images }, timeoutMs);
  const shown = answer.ok ? answer.answer : "<p>This mail cannot be shown as it was laid out.</p>";
  remember(key, shown);
  return shown;
}

/** The same mails are looked at again and again. */
const recent = new Map<string, string>();
const mostRecent = 20;

function remember(key: string, shown: string): void {
  recent.set(key, shown);
  const [oldest] = recent.keys();
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
}
