import { foldEmail } from "../accounts/email-address.ts";
import { invalid } from "../domain-error.ts";

/** One mailbox of a header: `address` folded, `name` as it is shown, or empty. */
export type MailAddress = { address: string; name: string };

/** `ana@example.com` or `Ana Ruiz <ana@example.com>`, or a refusal that names the field. */
export function readMailAddress(text: string, path: string): MailAddress {
  const [, name = "", inBrackets] = /^([^<>]*)<([^<>]+)>\s*$/.exec(text) ?? [];
  const address = foldEmail(inBrackets ?? text);
  if (address.length > 254 || !outline.test(address)) throw invalid(path, `“${text}” is not an e-mail address`);
  return { address, name: oneLine(name.trim().replace(/^"(.*)"$/, "$1")) };
}

export function readMailAddresses(texts: string[] | undefined, path: string): MailAddress[] {
  const read = (texts ?? []).map((text) => readMailAddress(text, path));
  if (read.length > mostRecipients) throw invalid(path, `${path} takes at most ${mostRecipients} addresses`);
  return [...new Map(read.map((each) => [each.address, each])).values()];
}

/** Of a header's text: a line break in it would begin another header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** More is a mailing, which has its own ways. */
const mostRecipients = 50;

const outline = /^[^\s@<>"(),:;[\]\\\p{Cc}]{1,64}@[^\s@<>"(),:;[\]\\\p{Cc}]+$/u;
