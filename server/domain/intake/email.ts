export type Email = { address: string; start: number; end: number };

const pattern = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const localPart = /^[\p{L}\p{N}_%+'-]+(?:\.[\p{L}\p{N}_%+'-]+)*$/u;
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;
const topLevel = /^(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})$/u;

/** The mail addresses of a text, domains in lower case (the part before the @ is the receiver's own spelling). */
export function emailsOf(text: string): Email[] {
  const emails: Email[] = [];
  for (const match of text.matchAll(pattern)) {
    const address = validEmail(match[0].replace(/^['.-]+/, ""));
    const end = match.index + match[0].length;
    if (address !== undefined) emails.push({ address, start: end - address.length, end });
  }
  return emails;
}

function validEmail(text: string): string | undefined {
  const at = text.indexOf("@");
  const local = text.slice(0, at);
  const domain = text.slice(at + 1).toLowerCase();
  const labels = domain.split(".");
  if (!localPart.test(local) || !labels.every((label) => domainLabel.test(label))) return undefined;
  return topLevel.test(labels.at(-1) ?? "") ? `${local}@${domain}` : undefined;
}
