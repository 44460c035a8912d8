import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { NewNote, Note, NotePatch, NoteQuery, WrittenNote } from "../../../../shared/v1/note.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Ctx } from "../../../domain/context.ts";
import { getNote } from "../../../domain/notes/get-note.ts";
import { listNotes } from "../../../domain/notes/list-notes.ts";
import type { Note as DomainNote } from "../../../domain/notes/note.ts";
import { createNote, deleteNote, restoreNote, updateNote } from "../../../domain/notes/write-note.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentMentionsNotTold } from "./present-mentions.ts";

const tags = ["notes"];
type Params = Static<typeof ById>;

export function noteRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof NoteQuery> }>(
    "/v1/notes",
    { schema: { summary: "List notes", tags, querystring: NoteQuery, response: { 200: pageOf(Note) } } },
    async (request, reply) => {
      const {
        contact_id: contactId,
        deal_id: dealId,
        lead_id: leadId,
        organization_id: organizationId,
      } = request.query;
      const { items, next } = await listNotes(ctxOf(request), {
        ...withoutUndefined({ contactId, dealId, leadId, organizationId }),
        limit: limitOf(request.query),
        ...timeCursor("notes", request.query.cursor),
      });
      const page = { items, next: cursorWord("notes", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentNote);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/notes/:id",
    { schema: { summary: "One note", tags, params: ById, response: { 200: Note } } },
    async (request, reply) => tagged(reply, presentNote(await getNote(ctxOf(request), idIn(request.params, "note")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: Static<typeof NewNote> }>(
    "/v1/notes",
    { schema: { summary: "Write a note", tags, body: NewNote, response: { 201: WrittenNote } } },
    async (request, reply) => {
      const { contact_id: contactId, deal_id: dealId, lead_id: leadId, organization_id: organizationId } = request.body;
      const { title, body, mentions } = request.body;
      const input = { body, ...withoutUndefined({ contactId, dealId, leadId, organizationId, title, mentions }) };
      const ctx = ctxOf(request);
      return created(reply, "/v1/notes", await presentWritten(ctx, await createNote(ctx, input)));
    },
  );
  app.patch<{ Params: Params; Body: Static<typeof NotePatch> }>(
    "/v1/notes/:id",
    { schema: { summary: "Edit a note", tags, params: ById, body: NotePatch, response: { 200: WrittenNote } } },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const patch = withoutUndefined({ ...request.body });
      const note = await updateNote(ctx, idIn(request.params, "note"), patch, ifMatch(request));
      return tagged(reply, await presentWritten(ctx, note));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/notes/:id",
    { schema: { summary: "Delete a note", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteNote(ctxOf(request), idIn(request.params, "note"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/notes/:id/restore",
    { schema: { summary: "Bring a deleted note back", tags, params: ById, response: { 200: Note } } },
    async (request, reply) =>
      tagged(reply, presentNote(await restoreNote(ctxOf(request), idIn(request.params, "note")))),
  );
}

async function presentWritten(ctx: Ctx, note: DomainNote): Promise<WrittenNote> {
  return { ...presentNote(note), ...(await presentMentionsNotTold(ctx, note.id)) };
}

function presentNote(note: DomainNote): Note {
  return {
    id: note.id,
    contact_id: note.contactId,
    deal_id: note.dealId,
    lead_id: note.leadId,
    organization_id: note.organizationId,
    title: note.title,
    body: note.body,
    mentions: note.mentions,
    user_id: note.userId,
    version: note.version,
    created_at: note.createdAt,
    updated_at: note.updatedAt,
  };
}
