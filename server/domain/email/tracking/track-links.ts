import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { htmlOfText } from "../html-of-text.ts";
import type { NewEmail } from "../store-emails.ts";

type Tracking = { trackOpens: boolean; trackClicks: boolean };

/** Gives each web address of the mail, and its opening, a row of their own, where the account wants to know. */
export async function trackLinks(tx: TxCtx, email: NewEmail, { trackOpens, trackClicks }: Tracking): Promise<void> {
  const { messageId, contactId, content } = email;
  const clicks = trackClicks ? linksIn(content.html ?? htmlOfText(content.text)) : [];
  const urls = [...(trackOpens ? [null] : []), ...clicks];
  if (urls.length === 0) return;
  await tx.tx.run(insertLinks({ companyId: tx.companyId, messageId, contactId, urls, now: tx.now().toISOString() }));
}

/** How a link stands in HTML: before its address, the address as it is written, and its quote. */
export const linkPattern = /(<a\b[^>]*?\bhref\s*=\s*)(["'])(https?:\/\/[^"'<>]+)\2/gi;

/** The web addresses that the HTML leads to, each once. */
function linksIn(html: string): string[] {
  const urls = [...html.matchAll(linkPattern)].map(([, , , url = ""]) => asWritten(url));
  return [...new Set(urls.filter((url) => URL.canParse(url) && url.length <= 2_000))].slice(0, mostLinks);
}

export function asWritten(url: string): string {
  return url.replaceAll("&amp;", "&").replaceAll("&quot;", '"').trim();
}

const mostLinks = 100;

const insertLinks = prepared<{
  companyId: number;
  messageId: number;
  contactId: number;
  urls: (string | null)[];
  now: string;
}>()(
  (_db, arg) => sql<never>`
    insert into tracked_links (company_id, message_id, contact_id, url, created_at)
    select ${arg("companyId")}::bigint, ${arg("messageId")}::bigint, ${arg("contactId")}::bigint, u.url, ${arg("now")}::timestamptz
    from unnest(${arg("urls")}::text[]) as u (url)`,
);
