import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { Attachment, AttachmentQuery, AttachmentUploadQuery } from "../../../../shared/v1/attachment.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import type { AttachmentFiles } from "../../../domain/attachments/attachment-files.ts";
import { largestAttachmentBytes } from "../../../domain/attachments/attachment-rules.ts";
import { deleteAttachment, restoreAttachment } from "../../../domain/attachments/delete-attachment.ts";
import { getAttachment } from "../../../domain/attachments/get-attachment.ts";
import { listAttachments } from "../../../domain/attachments/list-attachments.ts";
import { uploadAttachment } from "../../../domain/attachments/upload-attachment.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { sendFile } from "../send-file.ts";
import { takeFiles, uploadedFile } from "../uploaded-file.ts";
import { presentAttachment } from "./present-attachment.ts";
import { subjectOf } from "./subject-of.ts";

const tags = ["attachments"];
type Params = Static<typeof ById>;

export function attachmentRoutes(app: FastifyInstance, files: AttachmentFiles): void {
  readRoutes(app);
  fileRoute(app, files);
  removalRoutes(app);
  app.register(async (scope) => {
    await takeFiles(scope, largestAttachmentBytes);
    uploadRoute(scope, files);
  });
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: AttachmentQuery }>(
    "/v1/attachments",
    {
      schema: {
        summary: "List the files of a contact, a deal or a note",
        tags,
        querystring: AttachmentQuery,
        response: { 200: pageOf(Attachment) },
      },
    },
    async (request, reply) => {
      const { items, next } = await listAttachments(ctxOf(request), {
        ...subjectOf(request.query),
        limit: limitOf(request.query),
        ...timeCursor("attachments", request.query.cursor),
      });
      const page = { items, next: cursorWord("attachments", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentAttachment);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/attachments/:id",
    { schema: { summary: "What is known of one file", tags, params: ById, response: { 200: Attachment } } },
    async (request) => presentAttachment(await getAttachment(ctxOf(request), idIn(request.params, "attachment"))),
  );
}

function fileRoute(app: FastifyInstance, files: AttachmentFiles): void {
  app.get<{ Params: Params }>(
    "/v1/attachments/:id/file",
    {
      schema: {
        summary: "The file itself",
        tags,
        params: ById,
        produces: ["application/octet-stream"],
        response: { 200: Type.Unsafe<unknown>({ type: "string", format: "binary" }) },
      },
    },
    async (request, reply) => {
      const attachment = await getAttachment(ctxOf(request), idIn(request.params, "attachment"));
      const read = (range?: { start: number; end: number }) => files.read(attachment, range);
      return reply.send(await sendFile(request, reply, { ...attachment, read }));
    },
  );
}

function uploadRoute(app: FastifyInstance, files: AttachmentFiles): void {
  app.post<{ Querystring: AttachmentUploadQuery }>(
    "/v1/attachments",
    {
      schema: {
        summary: "Put a file on a contact, a deal or a note: the body itself, or multipart/form-data with one file",
        tags,
        querystring: AttachmentUploadQuery,
        consumes: ["application/octet-stream", "multipart/form-data"],
        response: { 201: Attachment },
      },
      // A file is no JSON that could be kept to compare; sent again it is a second file.
      config: { ownIdempotency: true },
    },
    async (request, reply) => {
      const { contact_id: contactId = null, deal_id: dealId = null, note_id: noteId = null } = request.query;
      const { source, filename = "file" } = await uploadedFile(request, request.query.filename);
      const input = { contactId, dealId, noteId, source, filename };
      const attachment = await uploadAttachment(ctxOf(request), files, input);
      reply.code(201).header("location", `/v1/attachments/${attachment.id}`);
      return presentAttachment(attachment);
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/attachments/:id",
    { schema: { summary: "Take a file away", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteAttachment(ctxOf(request), idIn(request.params, "attachment"));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/attachments/:id/restore",
    { schema: { summary: "Bring a deleted file back", tags, params: ById, response: { 200: Attachment } } },
    async (request) => presentAttachment(await restoreAttachment(ctxOf(request), idIn(request.params, "attachment"))),
  );
}
