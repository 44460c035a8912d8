import { Readable } from "node:stream";
import { attachmentProblem } from "../domain/attachments/attachment-rules.ts";
import type { IncomingFile } from "../domain/email/received/incoming-mail.ts";
import type { MailFile } from "../domain/mail-intake/read-mail.ts";
import type { MediaFiles } from "../domain/media/media-files.ts";
import { sniffMedia } from "../domain/media/sniff-media.ts";

export type KeptMailFiles = {
  kept: IncomingFile[];
  /** What was not kept, and why, in words. */
  leftOut: string[];
};

/** Stores what came with a mail, judged by its bytes and never opened. Whoever does not note the files removes them again. */
export async function keepMailFiles(
  files: MediaFiles,
  companyId: number,
  mailFiles: MailFile[],
): Promise<KeptMailFiles> {
  const kept: IncomingFile[] = [];
  const leftOut: string[] = [];
  try {
    for (const { filename, contentId, bytes } of mailFiles) {
      const stored = await files.write(companyId, Readable.from([bytes]), bytes.length);
      const mimeType = await sniffMedia(stored.path);
      const problem = attachmentProblem({ filename, mimeType, sizeBytes: stored.sizeBytes });
      if (problem === undefined) {
        kept.push({ ...stored, filename, mimeType, contentId });
        continue;
      }
      await files.remove(stored.storageKey);
      leftOut.push(`${filename}: ${problem}`);
    }
  } catch (error) {
    await dropMailFiles(files, kept);
    throw error;
  }
  return { kept, leftOut };
}

export async function dropMailFiles(files: MediaFiles, kept: IncomingFile[]): Promise<void> {
  for (const { storageKey } of kept) await files.remove(storageKey);
}
