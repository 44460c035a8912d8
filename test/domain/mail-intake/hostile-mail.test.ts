import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { createMailReader } from "../../../server/channels/email-intake/mail-reader.ts";
import { receiveMail } from "../../../server/domain/mail-intake/receive-mail.ts";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, createCompany } = await testDatabase();
const companyId = await createCompany("main");
const account = await emailAccount(db, companyId);
const { receive, drain, files } = await mailbox(db, companyId);

const head = (id: string, more: Record<string, string> = {}) => ({
  From: `${id}@evil.example`,
  To: "office@clinic.example",
  Subject: "Hello",
  "Message-ID": `<${id}@evil.example>`,
  ...more,
});

async function stored(id: string) {
  const [row] = await rows(
    db,
    `select m.id, m.type, m.text, m.payload, e.subject, e.html, e.from_name, e.to_addresses
    from messages m join emails e on e.message_id = m.id where m.provider_id = '${id}@evil.example'`,
  );
  return row;
}

const attachmentsOf = (id: unknown) =>
  rows(
    db,
    `select filename, mime_type, size_bytes, storage_key, content_id from attachments where message_id = ${Number(id)}`,
  );

describe("a hostile mail is kept and holds up nobody", () => {
  test("with NUL bytes, a charset nobody knows and half characters", async () => {
    const raw = Buffer.concat([
      rawMail(head("nul", { "Content-Type": "text/plain; charset=x-klingon" }), "a\0b "),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0]),
    ]);
    await receive(account, raw);
    expect((await stored("nul"))?.text).toMatch(/^ab/);
  });

  test("with headers that try to begin others, and directions that turn names around", async () => {
    await receive(
      account,
      rawMail(
        head("inject", {
          Subject: "=?utf-8?Q?Hi=0D=0ABcc:_all@clinic.example?=",
          From: '"Ana\u202e gpj" <inject@evil.example>',
        }),
      ),
    );
    const mail = await stored("inject");
    expect(mail?.subject).toBe("Hi Bcc: all@clinic.example");
  });

  test("with ten thousand recipients", async () => {
    const crowd = Array.from({ length: 10_000 }, (_, index) => `p${index}@crowd.example`).join(",\r\n ");
    await receive(account, rawMail(head("crowd", { To: crowd })));
    const mail = await stored("crowd");
    expect(mail?.to_addresses).toHaveLength(200);
    expect(mail?.payload).toMatchObject({ details: { more_recipients: 9_800 } });
  });

  test("with broken headers, and with none at all", async () => {
    await receive(
      account,
      Buffer.from("From broken@evil.example\r\n: nothing\r\n\r\n\r\nwords"),
      Buffer.from([0, 1, 2, 3]),
      Buffer.from("no head, no body"),
    );
    expect(await count(db, "inbound_deliveries where state <> 'processed'")).toBe(0);
    expect(
      await count(
        db,
        "messages m join contacts c on c.id = m.contact_id where c.name = 'Unknown sender' and m.origin = 'automatic'",
      ),
    ).toBe(3);
    expect(await count(db, "leads l join contacts c on c.id = l.contact_id where c.name = 'Unknown sender'")).toBe(0);
  });

  test("nested a thousand deep", async () => {
    const depth = 1_200;
    const open = Array.from(
      { length: depth },
      (_, index) => `--b${index}\r\nContent-Type: multipart/mixed; boundary="b${index + 1}"\r\n\r\n`,
    ).join("");
    await receive(account, rawMail(head("deep", { "Content-Type": 'multipart/mixed; boundary="b0"' }), open));
    const mail = await stored("deep");
    expect(mail?.type).toBe("unsupported");
    expect(mail?.text).toMatch(/^This mail could not be read: .+\. It is kept as it came\.$/);
    const [file] = await attachmentsOf(mail?.id);
    expect(file).toMatchObject({ filename: "mail.eml" });
  });

  test("with HTML nested ten thousand deep, and a megabyte of it", async () => {
    await receive(
      account,
      rawMail(head("tags", { "Content-Type": "text/html" }), `${"<div>".repeat(10_000)}deep words`),
      rawMail(head("long", { "Content-Type": "text/html" }), `<p>${"word ".repeat(500_000)}</p>`),
    );
    expect(await stored("tags")).toBeDefined();
    const long = await stored("long");
    expect(long?.html).toBeNull();
    expect(await attachmentsOf(long?.id)).toMatchObject([{ filename: "message.html" }]);
  });

  test("with an archive that would unpack to gigabytes, which nobody unpacks, and with programs, which are left out", async () => {
    const zip = Buffer.from("UEsDBBQAAAAIAAAAIQD//////////////////w==", "base64");
    const exe = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]);
    const part = (name: string, bytes: Buffer) =>
      `--x\r\nContent-Type: image/png; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString("base64")}\r\n`;
    const body = `--x\r\nContent-Type: text/plain\r\n\r\nsee files\r\n${part("../../etc/bomb.zip", zip)}${part("photo.png.exe", exe)}--x--\r\n`;
    await receive(account, rawMail(head("files", { "Content-Type": 'multipart/mixed; boundary="x"' }), body));
    const mail = await stored("files");
    const kept = await attachmentsOf(mail?.id);
    expect(kept).toMatchObject([{ filename: "bomb.zip", mime_type: "application/zip", size_bytes: zip.length }]);
    const bytes = readFileSync(files.pathOf(String(kept[0]?.storage_key)));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(createHash("sha256").update(zip).digest("hex"));
    expect(mail?.payload).toMatchObject({ details: { left_out: [expect.stringContaining("photo.png.exe")] } });
  });

  test("of which only the head was fetched", async () => {
    await receiveMail(db, {
      companyId,
      channelAccountId: account,
      raw: rawMail(head("huge"), ""),
      cutFromBytes: 80 * 1024 * 1024,
    });
    await drain();
    expect((await stored("huge"))?.text).toContain(
      "with 80 MB it is larger than the 25 MB that are fetched, and lies in the mailbox",
    );
  });

  test("of the largest size there is", async () => {
    const line = `${"A".repeat(76)}\r\n`;
    const body = `--x\r\nContent-Type: application/octet-stream; name="big.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n${line.repeat(300_000)}--x--\r\n`;
    await receive(account, rawMail(head("big", { "Content-Type": 'multipart/mixed; boundary="x"' }), body));
    expect(await attachmentsOf((await stored("big"))?.id)).toMatchObject([{ filename: "big.bin" }]);
  });
});

describe("a mail that takes too long", () => {
  const impatient = createMailReader({ timeoutMs: 1 });
  afterAll(() => impatient.close());

  test("is given up, told by its head, and the next one is read", async () => {
    const slow = await impatient.read(rawMail(head("slow", { "Content-Type": "text/html" }), "<b>".repeat(200_000)));
    expect(slow).toMatchObject({
      isUnreadable: true,
      from: { address: "slow@evil.example" },
      trouble: "it takes too long to read",
      subject: "Hello",
    });
    const patient = createMailReader();
    expect(await patient.read(rawMail(head("next"), "fine"))).toMatchObject({ isUnreadable: false, text: "fine" });
    await patient.close();
  });
});

describe("a crash", () => {
  test("between storing and reading, or while reading, loses nothing and doubles nothing", async () => {
    const { claimMail } = await import("../../../server/domain/conversations/mail-deliveries.ts");
    await receiveMail(db, { companyId, channelAccountId: account, raw: rawMail(head("crash"), "still here") });
    const claimed = await claimMail(db);
    expect(claimed?.attempts).toBe(1);
    await drain();
    expect(await stored("crash")).toBeUndefined();
    await rows(
      db,
      "update inbound_deliveries set next_attempt_at = now() - interval '1 second' where state = 'received'",
    );
    await drain();
    expect((await stored("crash"))?.text).toBe("still here");
    await rows(
      db,
      "update inbound_deliveries set state = 'received', next_attempt_at = now() - interval '1 second' where position('crash@evil' in encode(body, 'escape')) > 0",
    );
    await drain();
    expect(await count(db, "messages where provider_id like 'crash@evil%'")).toBe(1);
  });
});
