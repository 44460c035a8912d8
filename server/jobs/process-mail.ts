import type { MailReader } from "../channels/email-intake/mail-reader.ts";
import { unreadableMail } from "../channels/email-intake/unreadable-mail.ts";
import { DatabaseUnavailable, type Db } from "../db/connection.ts";
import { createCtx, inTransaction } from "../domain/context.ts";
import { markNotUnderstood, markProcessed } from "../domain/conversations/claim-deliveries.ts";
import { type ClaimedMail, claimMail, holdMail, markMailFailed } from "../domain/conversations/mail-deliveries.ts";
import { applyMail } from "../domain/mail-intake/apply-mail.ts";
import type { ReadMail } from "../domain/mail-intake/read-mail.ts";
import { largestMailBytes } from "../domain/mail-intake/receive-mail.ts";
import type { MediaFiles } from "../domain/media/media-files.ts";
import { dropMailFiles, type KeptMailFiles, keepMailFiles } from "./keep-mail-files.ts";

export type MailDeps = { reader: MailReader; files: MediaFiles; now?: () => Date };

/**
 * Takes the next stored mail, reads it apart from the database, and applies it in one transaction. Returns how many were taken: none or one.
 * A crash at any point leaves the mail to be taken again; a mail that is known already changes nothing.
 */
export async function processMail(db: Db, deps: MailDeps): Promise<number> {
  const claimed = await claimMail(db);
  if (!claimed) return 0;
  try {
    await readAndApply(db, deps, claimed);
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    await markMailFailed(db, claimed.id, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return 1;
}

async function readAndApply(db: Db, { reader, files, now }: MailDeps, claimed: ClaimedMail): Promise<void> {
  const mail = await readClaimed(reader, claimed);
  const kept = await keepMailFiles(files, claimed.company_id, mail.files);
  let isStored = false;
  try {
    isStored = await applyClaimed(db, claimed, { mail, kept, ...(now ? { now } : {}) });
  } finally {
    // A report, or a mail told twice: nobody points to its files.
    if (!isStored) await dropMailFiles(files, kept.kept);
  }
}

type Applying = { mail: ReadMail; kept: KeptMailFiles; now?: () => Date };

async function applyClaimed(db: Db, claimed: ClaimedMail, { mail, kept, now }: Applying): Promise<boolean> {
  const { id: deliveryId, company_id: companyId, channel_account_id: channelAccountId } = claimed;
  const ctx = createCtx({ db, companyId, actor: { kind: "system" }, ...(now ? { now } : {}) });
  return db.transaction(async (queries) => {
    if (!(await holdMail(queries, deliveryId))) return false;
    const tx = inTransaction(ctx, queries);
    const receivedAt = new Date(claimed.received_at);
    const { kept: files, leftOut } = kept;
    const { isStored, note } = await applyMail(tx, { channelAccountId, deliveryId, receivedAt, mail, files, leftOut });
    if (note === null) await markProcessed(queries, [deliveryId]);
    else await markNotUnderstood(queries, deliveryId, note);
    return isStored;
  });
}

/** What cannot be read keeps its bytes as a file of the message. */
async function readClaimed(reader: MailReader, { body, cut_from_bytes: cutFrom }: ClaimedMail): Promise<ReadMail> {
  if (cutFrom !== null) return unreadableMail(body, tooLarge(cutFrom));
  const mail = await reader.read(body);
  if (!mail.isUnreadable) return mail;
  return { ...mail, files: [{ filename: "mail.eml", contentId: null, bytes: body }] };
}

function tooLarge(bytes: number): string {
  const mb = (size: number) => Math.ceil(size / 1024 / 1024);
  return `with ${mb(bytes)} MB it is larger than the ${mb(largestMailBytes)} MB that are fetched, and lies in the mailbox`;
}
