import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { DomainError } from "../../../domain/domain-error.ts";
import type { Media } from "../../../domain/media/get-media.ts";
import type { MediaFiles } from "../../../domain/media/media-files.ts";
import type { ServedFile } from "../send-file.ts";

/** A conversation's file as it is served; refused in words while there is none. */
export async function servedMedia(media: Media, files: MediaFiles): Promise<ServedFile> {
  const path = storedPath(media, files);
  return {
    filename: media.filename ?? `file-${media.id}`,
    mimeType: media.mimeType ?? "application/octet-stream",
    sha256: media.sha256 ?? String(media.id),
    sizeBytes: await sizeOf(path),
    read: (range) => createReadStream(path, range),
  };
}

function storedPath({ status, storageKey, error }: Media, files: MediaFiles): string {
  if (status === "stored" && storageKey !== null) return files.pathOf(storageKey);
  const message =
    status === "pending" ? "The file is still being fetched from WhatsApp." : (error ?? "There is no file.");
  throw new DomainError({ kind: "conflict", message });
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) throw new DomainError({ kind: "conflict", message: "The file is missing from the data folder." });
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
