import type { Readable } from "node:stream";

export type ByteRange = { start: number; end: number };

export type FileToPut = { path: string; sizeBytes: number; sha256: string; mimeType: string };

/** Where files lie outside of this machine. Keys are ours; nothing of a sender's is in them. */
export type Bucket = {
  put: (key: string, file: FileToPut) => Promise<void>;
  /** Its bytes, or those of one range. */
  get: (key: string, range?: ByteRange) => Promise<Readable>;
  remove: (key: string) => Promise<void>;
};

/** The bucket could not be used. The reason is in words and names no secret. */
export class BucketTrouble extends Error {}

/** The bucket answers and has no such file: waiting does not help. */
export class NotInBucket extends BucketTrouble {}
