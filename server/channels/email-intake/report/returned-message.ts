import { allParts, type MimePart, readFields, textOfPart } from "../mime-part.ts";
import { addressIn } from "./failure-sign.ts";

/** What a report gives back of our mail, and its own words without that. */
export type Returned = { prose: string; messageId: string | null; to: string | null };

const separator =
  /^.{0,12}?(?:original message|returned message|below this line|this is a copy|copy of (?:the|your) message|unsent message|header of the original|message headers? follow|original mail info|original message headers|the original message was received|undelivered message|start of returned)\b.*$/im;

export function readReturned(root: MimePart): Returned {
  const parts = allParts(root);
  const attached = parts.find(({ type }) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/rfc822-headers)$/.test(type),
  );
  const words = parts
    .filter((part) => part.parts.length === 0 && isProse(part))
    .map(textOfPart)
    .join("\n\n");
  const [prose, after] = splitProse(words);
  const copied = attached ? textOfPart(attached).trimStart() : after;
  const fields = readFields(
    copied.replace(/^[\s\S]*?(?=^(?:received|return-path|message-id|from|to|subject|date)\s*:)/im, ""),
  );
  const references = root.headers.get("in-reply-to")?.[0] ?? root.headers.get("references")?.[0];
  return {
    prose,
    messageId: idIn(fields.get("message-id")?.[0]) ?? idIn(references),
    to: addressIn(fields.get("to")?.[0]) ?? addressIn(fields.get("x-original-to")?.[0]) ?? null,
  };
}

/** A Message-ID without its angle brackets. */
export function idIn(text: string | undefined): string | null {
  return /<\s*([^<>\s]+)\s*>/.exec(text ?? "")?.[1] ?? null;
}

function isProse({ type }: MimePart): boolean {
  return type === "text/plain" || type === "" || type.startsWith("multipart/");
}

function splitProse(text: string): [prose: string, after: string] {
  for (let from = 0; ; ) {
    const found = separator.exec(text.slice(from));
    if (!found) return [text, copyWithoutSeparator(text)];
    const at = from + found.index;
    // sendmail begins its own words with "The original message was received at".
    if (!/was received/i.test(found[0])) return [text.slice(0, at), text.slice(at + found[0].length)];
    from = at + found[0].length;
  }
}

// Some put the headers of the mail below their words with nothing between.
function copyWithoutSeparator(text: string): string {
  const at = text.search(/^(?:message-id|received)\s*:/im);
  return at === -1 ? "" : text.slice(at);
}
