import type { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type ByteRange, byteRange } from "./byte-range.ts";

/** What a browser may show by itself; everything else is saved. */
const shown = /^(image\/(jpeg|png|webp|gif)|audio\/[a-z0-9-]+|video\/(mp4|3gpp)|application\/pdf)$/;

export type ServedFile = {
  filename: string;
  mimeType: string;
  sha256: string;
  sizeBytes: number;
  read: (range?: ByteRange) => Readable | Promise<Readable>;
};

/** A stored file, in a whole or in a range. Whatever a stranger sent, it runs nothing here. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: ServedFile,
): Promise<Readable | undefined> {
  const { mimeType, sizeBytes: size } = file;
  reply
    .header("content-type", mimeType.startsWith("text/") ? "text/plain; charset=utf-8" : mimeType)
    .header("content-disposition", dispositionOf(file))
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "sandbox; default-src 'none'; media-src 'self'; img-src 'self'")
    .header("cross-origin-resource-policy", "same-origin")
    .header("cache-control", "private, max-age=86400, immutable")
    .header("accept-ranges", "bytes")
    .header("etag", `"${file.sha256}"`);
  const range = byteRange(request.headers.range, size);
  if (range === "unsatisfiable") {
    reply.code(416).header("content-range", `bytes */${size}`).header("content-length", 0);
    return undefined;
  }
  if (!range) {
    reply.header("content-length", size);
    return file.read();
  }
  const { start, end } = range;
  reply.code(206).header("content-range", `bytes ${start}-${end}/${size}`);
  reply.header("content-length", end - start + 1);
  return file.read(range);
}

/** The name in both spellings of RFC 6266; the old one keeps to plain letters. */
function dispositionOf({ filename, mimeType }: ServedFile): string {
  const plain = filename.replace(/[^A-Za-z0-9 ._()-]/g, "_").slice(0, 100);
  const way = shown.test(mimeType) ? "inline" : "attachment";
  return `${way}; filename="${plain}"; filename*=UTF-8''${encoded(filename)}`;
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
