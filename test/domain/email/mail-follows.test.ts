import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { s3Bucket } from "../../../server/channels/bucket/s3-bucket.ts";
import { readMailFiles } from "../../../server/channels/email/read-mail-files.ts";
import { attachmentFiles } from "../../../server/domain/attachments/attachment-files.ts";
import { uploadAttachment } from "../../../server/domain/attachments/upload-attachment.ts";
import { emailsOfContact } from "../../../server/domain/email/list-emails.ts";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { mediaFiles } from "../../../server/domain/media/media-files.ts";
import { acceptMerge } from "../../../server/domain/merges/accept-merge.ts";
import { proposeMergeByHand } from "../../../server/domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../server/domain/merges/undo-merge.ts";
import { bucketKey, fakeBucket } from "../../channels/bucket/fake-bucket.ts";
import { connectMailbox, mailSender, personWithMail } from "../../factories/email-account.ts";
import { smtpDouble } from "../../fakes/smtp-double.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const dataDir = await mkdtemp(join(tmpdir(), "rapport-mail-"));
const files = attachmentFiles(mediaFiles(dataDir), undefined);
const sender = mailSender(db, { readFiles: readMailFiles(db, files) });
afterAll(async () => {
  sender.close();
  await rm(dataDir, { recursive: true, force: true });
});

test("mails go with their person into a merge, and back", async () => {
  const c = ctx(await createCompany());
  const [kept, merged] = [await personWithMail(c), await personWithMail(c)];
  const mail = { subject: "Hello", body: "A word.", origin: "user" } as const;
  await sendEmail(c, { ...mail, contactId: kept.id });
  await sendEmail(c, { ...mail, contactId: merged.id });
  const of = async (contactId: number) => (await emailsOfContact(c, { contactId, limit: 10 })).items.length;
  const { id } = await proposeMergeByHand(c, { keptId: kept.id, mergedId: merged.id });
  await acceptMerge(c, id);
  expect(await of(kept.id)).toBe(2);
  await undoMerge(c, id);
  expect([await of(kept.id), await of(merged.id)]).toEqual([1, 1]);
});

test("files of the data folder go out with a mail and belong to it from then on", async () => {
  const c = ctx(await createCompany());
  const server = await smtpDouble();
  await connectMailbox(c, server.port);
  const person = await personWithMail(c);
  const file = await uploadAttachment(c, files, {
    contactId: person.id,
    dealId: null,
    noteId: null,
    source: Readable.from([Buffer.from("Name;Price\nVisit;40\n")]),
    filename: "prices.csv",
  });
  const mail = { contactId: person.id, subject: "Prices", body: "Attached.", origin: "user" } as const;
  const { messageId } = await sendEmail(c, { ...mail, attachmentIds: [file.id] });
  await sendDue(db, sender);
  expect(server.mails[0]?.raw).toContain("filename=prices.csv");
  expect(await rows(db, `select message_id from attachments where id = ${file.id}`)).toEqual([
    { message_id: messageId },
  ]);
});

test("a mail whose file is gone fails in words", async () => {
  const c = ctx(await createCompany());
  const server = await smtpDouble();
  await connectMailbox(c, server.port);
  const person = await personWithMail(c);
  const at = { contactId: person.id, dealId: null, noteId: null };
  const source = Readable.from([Buffer.from("words\n")]);
  const file = await uploadAttachment(c, files, { ...at, source, filename: "note.txt" });
  const mail = { contactId: person.id, subject: "Note", body: "Attached.", origin: "user" } as const;
  const { messageId } = await sendEmail(c, { ...mail, attachmentIds: [file.id] });
  await rows(db, `update attachments set deleted_at = now() where id = ${file.id}`);
  await sendDue(db, sender);
  expect(await rows(db, `select status, status_reason from messages where id = ${messageId}`)).toEqual([
    { status: "failed", status_reason: "The mail could not be put together: a file of this mail was deleted" },
  ]);
  expect(server.mails).toEqual([]);
});

test("a mail whose file cannot be fetched just now waits with the reason, and goes out once it can", async () => {
  const c = ctx(await createCompany());
  const server = await smtpDouble();
  await connectMailbox(c, server.port);
  const person = await personWithMail(c);
  const bucket = await fakeBucket();
  const inBucket = attachmentFiles(
    files.folder,
    s3Bucket({ ...bucketKey, baseUrl: `${bucket.url}/files`, region: "eu" }),
  );
  const bucketSender = mailSender(db, { readFiles: readMailFiles(db, inBucket) });
  const at = { contactId: person.id, dealId: null, noteId: null };
  const source = Readable.from([Buffer.from("words\n")]);
  const file = await uploadAttachment(c, inBucket, { ...at, source, filename: "note.txt" });
  const { messageId } = await sendEmail(c, {
    ...{ contactId: person.id, subject: "Note", body: "Attached.", origin: "user" },
    attachmentIds: [file.id],
  });
  bucket.failWith(503);
  await sendDue(db, bucketSender);
  expect(await rows(db, `select status, status_reason from messages where id = ${messageId}`)).toEqual([
    { status: "queued", status_reason: "A file of this mail cannot be fetched just now: The bucket answered 503." },
  ]);
  bucket.failWith(undefined);
  await sendDue(db, bucketSender, () => new Date(Date.now() + 60_000));
  expect(server.mails).toHaveLength(1);
  bucketSender.close();
});
