import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { memberNames } from "../../../domain/accounts/member-names.ts";
import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import { notesOfLead } from "../../../domain/leads/lead-lists.ts";
import { mentionsNotTold } from "../../../domain/notes/mentions-not-told.ts";
import type { Note } from "../../../domain/notes/note.ts";
import { createNote } from "../../../domain/notes/write-note.ts";
import { ctxOf } from "../../http/request-state.ts";
import { LeadPath, leadInBody, NullableText, PageQuery, Written } from "../field-schemas.ts";
import { inWordsOf } from "../in-words-of.ts";
import { leadOf, requireSameLead } from "../lead-of.ts";
import { nobody } from "../leads/present-lead.ts";
import { pageOfQuery, readPage } from "../page-of-query.ts";

const tags = ["Notes"];
type Params = Static<typeof LeadPath>;

const NoteBody = Type.Object({ ...leadInBody, title: Type.Optional(NullableText), content: Type.String() });
const NoteList = Type.Array(
  Type.Object({
    id: Type.String(),
    lead_id: Type.String(),
    title: Type.String(),
    content: Type.String(),
    createdAt: Type.String(),
    createdBy: Type.String(),
    updatedAt: Type.String(),
  }),
);
/** An addition to the document: the names of those mentioned whom nobody tells, where there are any. */
const NoteWritten = Type.Object({ ...Written.properties, mentionsNotTold: Type.Optional(Type.Array(Type.String())) });
type WriteRequest = { Params: Params; Body: Static<typeof NoteBody> };

export function noteRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof PageQuery> }>(
    "/api/crm/leads/:lead_id/notes",
    {
      schema: {
        ...{ summary: "List a lead's notes, newest first", tags, params: LeadPath, querystring: PageQuery },
        response: { 200: NoteList },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const lead = await leadOf(ctx, request.params.lead_id);
      const notes = await readPage({ request, reply }, pageOfQuery(request.query), (page) =>
        notesOfLead(ctx, lead, page),
      );
      const names = await memberNames(
        ctx,
        notes.map(({ userId }) => userId),
      );
      return notes.map((note) => presentNote(lead, note, names));
    },
  );
  app.post<WriteRequest>(
    "/api/crm/leads/:lead_id/notes",
    {
      schema: {
        ...{ summary: "Write a note on a lead", tags, params: LeadPath, body: NoteBody },
        response: { 200: NoteWritten },
      },
    },
    write,
  );
}

async function write(request: FastifyRequest<WriteRequest>): Promise<Static<typeof NoteWritten>> {
  const ctx = ctxOf(request);
  const lead = await leadOf(ctx, request.params.lead_id);
  requireSameLead(lead, request.body);
  const { title, content } = request.body;
  const { contactId, id: leadId } = lead;
  const input = { contactId, leadId, title: title ?? "", body: content };
  const note = await inWordsOf({ body: "content" }, () => createNote(ctx, input));
  const notTold = (await mentionsNotTold(ctx, note.id)).map(({ name }) => name);
  return {
    ...{ message: "Note created successfully", id: String(note.id), lead_id: leadCode(lead.number) },
    ...(notTold.length > 0 ? { mentionsNotTold: notTold } : {}),
  };
}

function presentNote(lead: Lead, note: Note, names: Map<number, string>) {
  return {
    id: String(note.id),
    lead_id: leadCode(lead.number),
    title: note.title,
    content: note.body,
    createdAt: note.createdAt,
    createdBy: (note.userId === null ? undefined : names.get(note.userId)) ?? nobody,
    updatedAt: note.updatedAt,
  };
}
