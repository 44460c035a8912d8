import { basename } from "node:path";
import { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { cleanText } from "../../../shared/clean-json.ts";
import { invalid } from "../../domain/domain-error.ts";
import { allowSlowBody } from "../http/slow-body.ts";

/** Bodies of this scope's routes are files: they stream to disk instead of being read into memory, and slow lines have their time. */
export async function takeFiles(scope: FastifyInstance, largestBytes: number): Promise<void> {
  scope.addHook("onRequest", allowSlowBody());
  scope.removeAllContentTypeParsers();
  await scope.register(multipart, { limits: { fileSize: largestBytes + 1, files: 1, fields: 10, parts: 11 } });
  scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
}

export type UploadedFile = { source: Readable; filename: string | undefined; claimedMimeType: string | undefined };

/** The file of a request: its body, or the one part of a form. A name in the query wins. */
export async function uploadedFile(request: FastifyRequest, filename: string | undefined): Promise<UploadedFile> {
  if (!request.isMultipart()) {
    const { body } = request;
    if (!(body instanceof Readable)) throw invalid("file", "The body has no file.");
    return {
      // A refusal must not tear the connection down before its answer is read.
      source: Readable.from(body.iterator({ destroyOnReturn: false })),
      filename: nameOf(filename),
      claimedMimeType: request.headers["content-type"]?.slice(0, 200),
    };
  }
  const part = await request.file();
  if (!part) throw invalid("file", "The form has no file.");
  return { source: part.file, filename: nameOf(filename ?? part.filename), claimedMimeType: part.mimetype };
}

/** Shown to people and given to others, never part of a path on this machine. */
function nameOf(filename: string | undefined): string | undefined {
  const name = basename(cleanText(filename ?? "").replaceAll("\\", "/"))
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 200);
  return name === "" ? undefined : name;
}
