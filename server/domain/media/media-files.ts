import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

export type StoredFile = { storageKey: string; path: string; sha256: string; sizeBytes: number };

/** The folder cannot be written: full, missing, not ours. The reason is in words. */
export class MediaFolderTrouble extends Error {}

/** More bytes came than are allowed. */
export class FileTooLarge extends Error {}

export type MediaFiles = {
  /** Streams a file in, hashed on the way. Named by us alone; nothing of the sender's is in the path. */
  write: (companyId: number, source: Readable, maxBytes: number) => Promise<StoredFile>;
  pathOf: (storageKey: string) => string;
  remove: (storageKey: string) => Promise<void>;
};

export function mediaFiles(dataDir: string): MediaFiles {
  const root = join(dataDir, "media");
  const pathOf = (storageKey: string) => {
    if (!/^\d+\/[0-9a-f]{2}\/[0-9a-f-]{36}$/.test(storageKey)) throw new Error("not a storage key of ours");
    return join(root, storageKey);
  };
  return {
    pathOf,
    remove: (storageKey) => rm(pathOf(storageKey), { force: true }),
    async write(companyId, source, maxBytes) {
      const unfinished = join(root, "incoming", randomUUID());
      try {
        await mkdir(dirname(unfinished), { recursive: true, mode: 0o700 });
        const meter = meterOf(maxBytes);
        await pipeline(source, meter.through, createWriteStream(unfinished, { mode: 0o600, flags: "wx", flush: true }));
        const { sha256, sizeBytes } = meter.result();
        const storageKey = `${companyId}/${sha256.slice(0, 2)}/${randomUUID()}`;
        const path = pathOf(storageKey);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(unfinished, path);
        return { storageKey, path, sha256, sizeBytes };
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => {});
        throw folderTrouble(error) ?? error;
      }
    },
  };
}

const patienceBytes = 32 * 1024 * 1024;

function meterOf(maxBytes: number) {
  const tooMuch = () => new FileTooLarge(`The file is larger than ${maxBytes} bytes.`);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      // No more is written; a little more is listened to, so that the sender is still there to hear why.
      if (sizeBytes > maxBytes + patienceBytes) return done(tooMuch());
      if (sizeBytes > maxBytes) return done();
      hash.update(chunk);
      return done(null, chunk);
    },
  });
  return {
    through,
    result() {
      if (sizeBytes > maxBytes) throw tooMuch();
      return { sha256: hash.digest("hex"), sizeBytes };
    },
  };
}

const troubles: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EACCES: "the folder may not be written",
  EPERM: "the folder may not be written",
  EROFS: "the disk is read-only",
  ENOENT: "the folder is missing",
  ENOTDIR: "the folder is missing",
  EEXIST: "a file stands where the folder should be",
  EIO: "the disk reports an error",
};

function folderTrouble(error: unknown): MediaFolderTrouble | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = troubles[code];
  return why === undefined ? undefined : new MediaFolderTrouble(`The media folder cannot be used: ${why}.`);
}
