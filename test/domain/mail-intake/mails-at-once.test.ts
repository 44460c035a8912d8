import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createMailReader } from "../../../server/channels/email-intake/mail-reader.ts";
import { receiveMail } from "../../../server/domain/mail-intake/receive-mail.ts";
import { mediaFiles } from "../../../server/domain/media/media-files.ts";
import { processMail } from "../../../server/jobs/process-mail.ts";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, createCompany } = await testDatabase();
const companyId = await createCompany("main");
const account = await emailAccount(db, companyId);
const dataDir = await mkdtemp(join(tmpdir(), "rapport-mail-"));
const readers = [createMailReader(), createMailReader(), createMailReader()];
afterAll(async () => {
  for (const reader of readers) await reader.close();
  await rm(dataDir, { recursive: true, force: true });
});

const mail = (person: number, number: number) =>
  rawMail(
    {
      From: `person-${person}@sol.example`,
      To: "office@clinic.example",
      "Message-ID": `<${person}-${number}@sol.example>`,
      "Content-Type": 'multipart/mixed; boundary="x"',
    },
    `--x\n\nhello ${number}\n--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nfile ${number}\n--x--\n`,
  );

describe("several workers over mails that came by several ways at once", () => {
  test("make each person, message, file and lead once", async () => {
    const [people, each] = [4, 5];
    const all = Array.from({ length: people * each }, (_, index) => mail(index % people, Math.floor(index / people)));
    const stored = [...all, ...all].map((raw) => receiveMail(db, { companyId, channelAccountId: account, raw }));
    await Promise.all(stored);
    const work = async (place: number): Promise<void> => {
      const reader = readers[place] ?? createMailReader();
      while ((await processMail(db, { reader, files: mediaFiles(dataDir) })) > 0);
    };
    await Promise.all([work(0), work(1), work(2)]);
    expect(await count(db, "contacts")).toBe(people);
    expect(await count(db, "leads")).toBe(people);
    expect(await count(db, "messages")).toBe(people * each);
    expect(await count(db, "emails")).toBe(people * each);
    expect(await count(db, "activities where activity_type = 'email'")).toBe(people * each);
    expect(await count(db, "attachments")).toBe(people * each);
    expect(await rows(db, "select sum(unread_count)::int as unread from conversations")).toEqual([
      { unread: people * each },
    ]);
    expect(await rows(db, "select distinct state, error from inbound_deliveries")).toEqual([
      { state: "processed", error: null },
    ]);
    const { readdir } = await import("node:fs/promises");
    const files = (await readdir(join(dataDir, "media"), { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(files).toHaveLength(people * each);
  });
});
