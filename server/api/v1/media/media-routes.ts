import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { Media, MediaUploadQuery } from "../../../../shared/v1/media.ts";
import { getMedia } from "../../../domain/media/get-media.ts";
import type { MediaFiles } from "../../../domain/media/media-files.ts";
import { largestUploadBytes } from "../../../domain/media/media-rules.ts";
import { uploadMedia } from "../../../domain/media/upload-media.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, idIn } from "../path-params.ts";
import { sendFile } from "../send-file.ts";
import { takeFiles, uploadedFile } from "../uploaded-file.ts";
import { presentMedia } from "./present-media.ts";
import { servedMedia } from "./served-media.ts";

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
      return reply.send(await sendFile(request, reply, await servedMedia(media, files)));
    },
  );
  app.register(async (scope) => {
    await takeFiles(scope, largestUploadBytes);
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
      const { kind, filename } = request.query;
      const media = await uploadMedia(ctxOf(request), files, { ...(await uploadedFile(request, filename)), kind });
      reply.code(201).header("location", `/v1/media/${media.id}`);
      return presentMedia(media);
    },
  );
}
