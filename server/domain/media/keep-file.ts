import type { Readable } from "node:stream";
import type { MediaKind } from "../sends/outgoing-content.ts";
import { FileTooLarge, type MediaFiles, type StoredFile } from "./media-files.ts";
import { kindForType, type MediaOrigin, sizeLimitOf, typeProblem } from "./media-rules.ts";
import { sniffMedia } from "./sniff-media.ts";

export type FileToKeep = {
  companyId: number;
  source: Readable;
  /** By the bytes where not said. */
  kind: MediaKind | undefined;
  origin: MediaOrigin;
};

export type KeptFile =
  | { ok: true; file: StoredFile; kind: MediaKind; mimeType: string }
  | { ok: false; reason: string };

/** Stores a file when its size and its bytes are those of its kind. What is refused leaves nothing behind. */
export async function keepFile(
  files: MediaFiles,
  { companyId, source, kind: wanted, origin }: FileToKeep,
): Promise<KeptFile> {
  const maxBytes = sizeLimitOf(wanted ?? "document", origin);
  const file = await files.write(companyId, source, maxBytes).catch((error: unknown) => {
    if (error instanceof FileTooLarge) return undefined;
    throw error;
  });
  if (!file) return { ok: false, reason: tooLarge(maxBytes) };
  const mimeType = await sniffMedia(file.path);
  const kind = wanted ?? kindForType(mimeType);
  const reason = problemOf(file, kind, mimeType, origin);
  if (reason === undefined) return { ok: true, file, kind, mimeType };
  await files.remove(file.storageKey);
  return { ok: false, reason };
}

function problemOf(file: StoredFile, kind: MediaKind, mimeType: string, origin: MediaOrigin): string | undefined {
  if (file.sizeBytes === 0) return "The file is empty.";
  const limit = sizeLimitOf(kind, origin);
  return file.sizeBytes > limit ? tooLarge(limit) : typeProblem(kind, mimeType);
}

export function tooLarge(bytes: number): string {
  const size = bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MB` : `${bytes / 1024} KB`;
  return `The file is larger than ${size}, which is the most for its kind.`;
}
