import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { buildMail } from "../../../server/channels/email/build-mail.ts";
import type { MailToSend } from "../../../server/domain/email/mail-to-send.ts";

const mail: MailToSend = {
  companyId: 1,
  messageId: 2,
  contactId: 3,
  purpose: "marketing",
  internetMessageId: "a@clinic.example",
  inReplyTo: null,
  referenceIds: [],
  subject: "Größe – 価格",
  text: "Dear Ana,\nhttps://clinic.example/offer?a=1&b=2.",
  html: null,
  fromAddress: "desk@clinic.example",
  fromName: "Die Praxis, GmbH",
  to: [{ address: "ana@people.example", name: "Ana" }],
  cc: [],
  bcc: [],
  leftOut: [],
  replyToken: "0123456789abcdef01234567",
  isAutomatic: false,
  attachmentIds: [],
  sentAt: "2026-11-21T10:00:00Z",
  links: [{ id: 7, url: "https://clinic.example/offer?a=1&b=2" }],
  account: {
    id: 4,
    companyId: 1,
    name: "Desk",
    status: "connected",
    externalId: "desk@clinic.example",
    fromAddress: "desk@clinic.example",
    fromName: "Die Praxis, GmbH",
    smtp: null,
    imap: null,
    dkim: { domain: "clinic.example", selector: "s1" },
    signature: "",
    trackOpens: false,
    trackClicks: true,
    plusAddresses: true,
    smtpPasswordSealed: null,
    imapPasswordSealed: null,
    dkimKeySealed: null,
    version: 1,
  },
};

const addresses = {
  link: (companyId: number, id: number) => `https://app.example/t/${companyId}.${id}`,
  unsubscribe: (companyId: number, id: number) => `https://app.example/u/${companyId}.${id}`,
};

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const dkimKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Headers unfolded, in order, and the body. */
function parts(raw: Buffer) {
  const text = raw.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const lines = text.slice(0, end).split(/\r\n(?!\s)/);
  return { lines, body: text.slice(end + 4) };
}

describe("a built mail", () => {
  test("is signed, and the signature covers the way out and holds", async () => {
    const { raw } = await buildMail(mail, { addresses, files: [], dkimKey });
    const { lines, body } = parts(raw);
    const signature = lines.find((line) => line.startsWith("DKIM-Signature:")) ?? "";
    const tag = (name: string) => (new RegExp(`[;\\s]${name}=([^;]*)`).exec(signature)?.[1] ?? "").replace(/\s/g, "");
    const signed = tag("h").toLowerCase().split(":");
    expect(signed).toEqual(expect.arrayContaining(["list-unsubscribe", "list-unsubscribe-post", "message-id", "from"]));
    expect(tag("c")).toBe("relaxed/relaxed");
    const relaxed = (line: string) => {
      const at = line.indexOf(":");
      return `${line.slice(0, at).toLowerCase()}:${line
        .slice(at + 1)
        .replace(/\s+/g, " ")
        .trim()}`;
    };
    const relaxedBody = `${body
      .replace(/[ \t]+/g, " ")
      .replace(/ \r\n/g, "\r\n")
      .replace(/(\r\n)*$/, "")}\r\n`;
    expect(createHash("sha256").update(relaxedBody, "latin1").digest("base64")).toBe(tag("bh"));
    const heads = signed.flatMap((name) => lines.find((line) => line.toLowerCase().startsWith(`${name}:`)) ?? []);
    const own = relaxed(signature.replace(/([;\s]b=)[^;]*/, "$1"));
    const verify = createVerify("rsa-sha256").update([...heads.map(relaxed), own].join("\r\n"), "latin1");
    expect(verify.verify(publicKey, tag("b"), "base64")).toBe(true);
  });

  test("leads its links over ours, and shows the way out in words", async () => {
    const { raw } = await buildMail(mail, { addresses, files: [], dkimKey: null });
    const text = raw.toString().replace(/=\r\n/g, "").replaceAll("=3D", "=");
    expect(text).toContain('<a href="https://app.example/t/1.7">https://clinic.example/offer?a=1&amp;b=2</a>.');
    expect(text).toContain("Unsubscribe: https://app.example/u/1.2");
    expect(text).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  });

  test("carries files, and names in every script survive", async () => {
    const files = [{ filename: "Größe.pdf", mimeType: "application/pdf", content: Buffer.from("%PDF-1.4") }];
    const { raw, recipients, envelopeFrom } = await buildMail(mail, { addresses: null, files, dkimKey: null });
    const { simpleParser } = await import("mailparser");
    const read = await simpleParser(raw);
    expect(read).toMatchObject({ subject: mail.subject, from: { value: [{ name: "Die Praxis, GmbH" }] } });
    expect(read.attachments[0]).toMatchObject({ filename: "Größe.pdf", content: Buffer.from("%PDF-1.4") });
    expect(recipients).toEqual(["ana@people.example"]);
    expect(envelopeFrom).toBe("desk+0123456789abcdef01234567@clinic.example");
  });
});
