import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { listOf, pageOf } from "../../../../shared/v1/fields.ts";
import { Form, FormPatch, FormSubmission, NewForm, SubmissionQuery } from "../../../../shared/v1/form.ts";
import { getForm, listForms } from "../../../domain/forms/get-form.ts";
import { listSubmissions } from "../../../domain/forms/list-submissions.ts";
import { createForm, deleteForm, updateForm } from "../../../domain/forms/write-form.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentForm, presentSubmission } from "./present-form.ts";
import { readForm, readFormPatch } from "./read-form.ts";

const tags = ["forms"];
type Params = Static<typeof ById>;

/** Forms on a company's own pages that become leads. */
export function formRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  submissionRoute(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/forms",
    { schema: { summary: "All forms, newest first", tags, response: { 200: listOf(Form) } } },
    async (request) => ({ data: (await listForms(ctxOf(request))).map(presentForm) }),
  );
  app.get<{ Params: Params }>(
    "/v1/forms/:id",
    { schema: { summary: "One form", tags, params: ById, response: { 200: Form } } },
    async (request, reply) => tagged(reply, presentForm(await getForm(ctxOf(request), idIn(request.params, "form")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewForm }>(
    "/v1/forms",
    {
      config: forManagers,
      schema: { summary: "Make a form; its address comes back", tags, body: NewForm, response: { 201: Form } },
    },
    async (request, reply) => {
      const form = await createForm(ctxOf(request), readForm(request.body));
      return created(reply, "/v1/forms", presentForm(form));
    },
  );
  app.patch<{ Params: Params; Body: FormPatch }>(
    "/v1/forms/:id",
    {
      config: forManagers,
      schema: { summary: "Edit a form", tags, params: ById, body: FormPatch, response: { 200: Form } },
    },
    async (request, reply) => {
      const id = idIn(request.params, "form");
      const form = await updateForm(ctxOf(request), id, readFormPatch(request.body), ifMatch(request));
      return tagged(reply, presentForm(form));
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/forms/:id",
    {
      config: forManagers,
      schema: { summary: "Delete a form with its submissions", tags, params: ById, response: { 204: noContent } },
    },
    async (request, reply) => {
      await deleteForm(ctxOf(request), idIn(request.params, "form"), ifMatch(request));
      reply.code(204);
    },
  );
}

function submissionRoute(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: SubmissionQuery }>(
    "/v1/forms/:id/submissions",
    {
      config: forManagers,
      schema: {
        summary: "What was sent in, newest first; programs' submissions too",
        tags,
        params: ById,
        querystring: SubmissionQuery,
        response: { 200: pageOf(FormSubmission) },
      },
    },
    async (request, reply) => {
      const { items, next } = await listSubmissions(ctxOf(request), {
        formId: idIn(request.params, "form"),
        limit: limitOf(request.query),
        ...timeCursor("form-submissions", request.query.cursor),
      });
      const page = { items, next: cursorWord("form-submissions", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentSubmission);
    },
  );
}
