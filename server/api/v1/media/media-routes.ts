import { basename } from "node:path";
import { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { cleanText } from "../../../../shared/clean-json.ts";
import { Media, MediaUploadQuery } from "../../../../shared/v1/media.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { getMedia } from "../../../domain/media/get-media.ts";
import type { MediaFiles } from "../../../domain/media/media-files.ts";
import { largestUploadBytes } from "../../../domain/media/media-rules.ts";
import { type NewMedia, uploadMedia } from "../../../domain/media/upload-media.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, idIn } from "../path-params.ts";
import { presentMedia } from "./present-media.ts";
import { sendFile } from "./send-file.ts";

const tags = ["media"];

/** Files of conversations: fetched ones are served, new ones taken in to be sent. */
export function mediaRoutes(app: FastifyInstance, files: MediaFiles): void {
  app.get<{ Params: Static<typeof ById> }>(
    "/v1/media/:id",
    {
      schema: {
        summary: "The file itself; ranges for sound and film",
        tags,
        params: ById,
        produces: ["application/octet-stream"],
        response: { 200: Type.Unsafe<unknown>({ type: "string", format: "binary" }) },
      },
    },
    async (request, reply) => {
      const media = await getMedia(ctxOf(request), idIn(request.params, "media"));
      return reply.send(await sendFile(request, reply, media, files));
    },
  );
  // Bodies of these routes are files: they stream to disk instead of being read into memory.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, { limits: { fileSize: largestUploadBytes + 1, files: 1, fields: 10, parts: 11 } });
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    uploadRoute(scope, files);
  });
}

function uploadRoute(app: FastifyInstance, files: MediaFiles): void {
  app.post<{ Querystring: MediaUploadQuery }>(
    "/v1/media",
    {
      schema: {
        summary: "Upload a file to send: the body itself, or multipart/form-data with one file",
        tags,
        querystring: MediaUploadQuery,
        consumes: ["application/octet-stream", "multipart/form-data"],
        response: { 201: Media },
      },
      // A file is no JSON that could be kept to compare; sent again it is a second file.
      config: { ownIdempotency: true },
    },
    async (request, reply) => {
      const media = await uploadMedia(ctxOf(request), files, await uploadIn(request));
      reply.code(201).header("location", `/v1/media/${media.id}`);
      return presentMedia(media);
    },
  );
}

type Uploading = FastifyRequest<{ Querystring: MediaUploadQuery }>;

async function uploadIn(request: Uploading): Promise<NewMedia> {
  const { kind, filename } = request.query;
  if (!request.isMultipart()) {
    const { body } = request;
    if (!(body instanceof Readable)) throw invalid("file", "The body has no file.");
    return {
      // A refusal must not tear the connection down before its answer is read.
      source: Readable.from(body.iterator({ destroyOnReturn: false })),
      filename: nameOf(filename),
      claimedMimeType: request.headers["content-type"]?.slice(0, 200),
      kind,
    };
  }
  const part = await request.file();
  if (!part) throw invalid("file", "The form has no file.");
  return { source: part.file, filename: nameOf(filename ?? part.filename), claimedMimeType: part.mimetype, kind };
}

/** Shown to people and given to WhatsApp, never part of a path on this machine. */
function nameOf(filename: string | undefined): string | undefined {
  const name = basename(cleanText(filename ?? "").replaceAll("\\", "/"))
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 200);
  return name === "" ? undefined : name;
}
