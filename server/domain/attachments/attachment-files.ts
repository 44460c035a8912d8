import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { DomainError } from "../domain-error.ts";
import type { MediaFiles } from "../media/media-files.ts";
import type { Attachment } from "./attachment.ts";
import { type Bucket, BucketTrouble, type ByteRange, type FileToPut, NotInBucket } from "./bucket.ts";

type Place = Pick<Attachment, "storageKey" | "storedIn">;

/** Attachments' bytes, wherever they lie: new ones go to the bucket where there is one, older ones stay where they are. */
export type AttachmentFiles = {
  folder: MediaFiles;
  /** Moves a file that lies in the folder to where it is to stay. */
  settle: (storageKey: string, file: FileToPut) => Promise<Attachment["storedIn"]>;
  read: (place: Place, range?: ByteRange) => Promise<Readable>;
  remove: (place: Place) => Promise<void>;
};

export function attachmentFiles(folder: MediaFiles, bucket: Bucket | undefined): AttachmentFiles {
  return {
    folder,
    async settle(storageKey, file) {
      if (!bucket) return "folder";
      await bucket.put(storageKey, file);
      await folder.remove(storageKey);
      return "bucket";
    },
    async read({ storageKey, storedIn }, range) {
      if (storedIn === "folder") return readFolder(folder.pathOf(storageKey), range);
      return inWords(() => requireBucket(bucket).get(storageKey, range));
    },
    async remove({ storageKey, storedIn }) {
      if (storedIn === "folder") return folder.remove(storageKey);
      return requireBucket(bucket).remove(storageKey);
    },
  };
}

async function readFolder(path: string, range: ByteRange | undefined): Promise<Readable> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) throw new DomainError({ kind: "conflict", message: "The file is missing from the data folder." });
  await file.close();
  return createReadStream(path, range);
}

function requireBucket(bucket: Bucket | undefined): Bucket {
  if (bucket) return bucket;
  throw new BucketTrouble("The file lies in a bucket, and FILES_BUCKET_URL names none.");
}

/** What goes wrong with the bucket is told to the caller, who can try again. */
export async function inWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BucketTrouble) throw inWordsOf(error);
    throw error;
  }
}

function inWordsOf(trouble: BucketTrouble): DomainError {
  const { message } = trouble;
  if (trouble instanceof NotInBucket) return new DomainError({ kind: "conflict", message });
  return new DomainError({ kind: "unavailable", retryAfterSeconds: 30, message });
}

/** Whether a file that could not be read may be there the next time. */
export function mayBeReadLater(error: unknown): boolean {
  return error instanceof DomainError && error.refusal.kind === "unavailable";
}
