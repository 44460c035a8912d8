import { createReadStream, type ReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../../../domain/domain-error.ts";
import type { Media } from "../../../domain/media/get-media.ts";
import type { MediaFiles } from "../../../domain/media/media-files.ts";
import { byteRange } from "./byte-range.ts";

/** What a browser may show by itself; everything else is saved. */
const shown = /^(image\/(jpeg|png|webp|gif)|audio\/[a-z0-9-]+|video\/(mp4|3gpp)|application\/pdf)$/;

/** A stored file, in a whole or in a range. Whatever a stranger sent, it runs nothing here. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  media: Media,
  files: MediaFiles,
): Promise<ReadStream | undefined> {
  const path = storedPath(media, files);
  const size = await sizeOf(path);
  const mimeType = media.mimeType ?? "application/octet-stream";
  reply
    .header("content-type", mimeType.startsWith("text/") ? "text/plain; charset=utf-8" : mimeType)
    .header("content-disposition", dispositionOf(media, mimeType))
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "sandbox; default-src 'none'; media-src 'self'; img-src 'self'")
    .header("cross-origin-resource-policy", "same-origin")
    .header("cache-control", "private, max-age=86400, immutable")
    .header("accept-ranges", "bytes")
    .header("etag", `"${media.sha256}"`);
  const range = byteRange(request.headers.range, size);
  if (range === "unsatisfiable") {
    reply.code(416).header("content-range", `bytes */${size}`).header("content-length", 0);
    return undefined;
  }
  if (!range) {
    reply.header("content-length", size);
    return createReadStream(path);
  }
  const { start, end } = range;
  reply.code(206).header("content-range", `bytes ${start}-${end}/${size}`);
  reply.header("content-length", end - start + 1);
  return createReadStream(path, range);
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

/** The name in both spellings of RFC 6266; the old one keeps to plain letters. */
function dispositionOf({ id, filename }: Media, mimeType: string): string {
  const name = filename ?? `file-${id}`;
  const plain = name.replace(/[^A-Za-z0-9 ._()-]/g, "_").slice(0, 100);
  const way = shown.test(mimeType) ? "inline" : "attachment";
  return `${way}; filename="${plain}"; filename*=UTF-8''${encoded(name)}`;
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
