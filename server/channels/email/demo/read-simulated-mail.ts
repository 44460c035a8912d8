import type { Readable } from "node:stream";
import type { AddressObject } from "mailparser";
import type { NewSimulatedMail } from "../../../domain/email/demo/simulated-mail.ts";

/** Reads a mail as the person's mail program would show it. It is ours, so nothing hostile is expected; what cannot be read is kept raw. */
export async function readSimulatedMail(
  stream: Readable,
  envelope: Pick<NewSimulatedMail, "envelopeFrom" | "envelopeTo">,
): Promise<NewSimulatedMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const raw = Buffer.concat(chunks);
  const { simpleParser } = await import("mailparser");
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  return {
    ...envelope,
    raw,
    subject: mail.subject ?? "",
    from: mail.from?.text ?? "",
    to: [mail.to ?? []]
      .flat()
      .map(({ text }) => text)
      .join(", "),
    text: mail.text ?? "",
    html: mail.html || null,
    internetMessageId: (mail.messageId ?? "").replace(/^<|>$/g, ""),
    replyTo: firstAddress(mail.replyTo) ?? firstAddress(mail.from) ?? envelope.envelopeFrom,
  };
}

function firstAddress(header: AddressObject | undefined): string | undefined {
  return header?.value.find(({ address }) => address !== undefined)?.address;
}
