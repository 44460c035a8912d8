import { escapeHtml, htmlOfText } from "../../domain/email/html-of-text.ts";
import type { MailToSend } from "../../domain/email/mail-to-send.ts";
import { textOfHtml } from "../../domain/email/text-of-html.ts";
import { asWritten, linkPattern } from "../../domain/email/tracking/track-links.ts";

/** Addresses of ours that stand in mails; null where this installation has no public address. */
export type MailAddresses = {
  link: (companyId: number, linkId: number) => string;
  unsubscribe: (companyId: number, messageId: number) => string;
} | null;

export type MailBody = { text: string; html: string };

/** Text and HTML of a mail: with the signature, the way out of marketing, and what the account wants to know. */
export function mailBody(mail: MailToSend, addresses: MailAddresses): MailBody {
  const { signature } = mail.account;
  const text = mail.text ?? textOfHtml(mail.html ?? "");
  const wayOut = mail.purpose === "marketing" ? (addresses?.unsubscribe(mail.companyId, mail.messageId) ?? null) : null;
  const plain = [
    text,
    ...(signature === "" ? [] : [`-- \n${signature}`]),
    ...(wayOut ? [`Unsubscribe: ${wayOut}`] : []),
  ];
  const own = tracked(mail.html ?? `<div>${htmlOfText(text)}</div>`, mail, addresses);
  const tail = [
    ...(signature === "" ? [] : [`<div style="margin-top:1em">-- <br>\n${htmlOfText(signature)}</div>`]),
    ...(wayOut
      ? [`<div style="margin-top:1em;font-size:small"><a href="${escapeHtml(wayOut)}">Unsubscribe</a></div>`]
      : []),
    ...openingPixel(mail, addresses),
  ].join("\n");
  return { text: plain.join("\n\n"), html: beforeEnd(own, tail) };
}

/** Follows each link over an address of ours, where it has one. The signature's links lead straight on. */
function tracked(html: string, { companyId, links }: MailToSend, addresses: MailAddresses): string {
  if (!addresses || links.length === 0) return html;
  const ids = new Map(links.flatMap(({ id, url }) => (url === null ? [] : [[url, id] as const])));
  return html.replace(linkPattern, (whole, before: string, quote: string, url: string) => {
    const id = ids.get(asWritten(url));
    return id === undefined ? whole : `${before}${quote}${escapeHtml(addresses.link(companyId, id))}${quote}`;
  });
}

function openingPixel({ companyId, links }: MailToSend, addresses: MailAddresses): string[] {
  const pixel = links.find(({ url }) => url === null);
  if (!addresses || !pixel) return [];
  return [`<img src="${escapeHtml(addresses.link(companyId, pixel.id))}" width="1" height="1" alt="">`];
}

function beforeEnd(html: string, tail: string): string {
  if (tail === "") return html;
  const end = /<\/body\s*>/i.exec(html);
  return end ? `${html.slice(0, end.index)}${tail}\n${html.slice(end.index)}` : `${html}\n${tail}`;
}
