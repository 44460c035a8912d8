import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import {
  NewTemplate,
  Template,
  TemplatePatch,
  TemplatePreview,
  TemplateQuery,
  TemplateSync,
  TemplateSynced,
  TemplateValues,
} from "../../../../shared/v1/template.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { saidAsRefusal } from "../../../channels/whatsapp-cloud/ask-graph.ts";
import {
  createTemplate,
  deleteTemplate,
  editTemplate,
  syncTemplates,
  type TemplateChangeDeps,
} from "../../../channels/whatsapp-cloud/manage-templates.ts";
import { onlyTemplateAccount, templateAccount } from "../../../channels/whatsapp-cloud/template-account.ts";
import { checkTemplateParameters } from "../../../domain/templates/check-template-parameters.ts";
import { getTemplate, listTemplates } from "../../../domain/templates/list-templates.ts";
import { renderTemplate } from "../../../domain/templates/render-template.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { parseComponent } from "../messages/parse-template.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentPreview, presentTemplate } from "./present-template.ts";

type Params = Static<typeof ById>;

const tags = ["templates"];
// The vendor is asked meanwhile: no transaction may wait for it. It refuses a second template of one name and language by itself.
const atVendor = { ...forManagers, ownIdempotency: true } as const;

/** The message templates of a company's WhatsApp accounts. */
export function templateRoutes(app: FastifyInstance, deps: TemplateChangeDeps): void {
  readRoutes(app);
  previewRoute(app);
  createRoute(app, deps);
  changeRoutes(app, deps);
  app.post<{ Body: TemplateSync }>(
    "/v1/templates/sync",
    {
      config: atVendor,
      schema: {
        summary: "Read all templates from WhatsApp now",
        tags,
        body: TemplateSync,
        response: { 200: TemplateSynced },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      const id = request.body?.channel_account_id;
      const account = await (id === undefined ? onlyTemplateAccount(ctx, deps) : templateAccount(ctx, deps, id));
      return { templates: await saidAsRefusal("channelAccountId", () => syncTemplates(ctx, account)) };
    },
  );
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: TemplateQuery }>(
    "/v1/templates",
    {
      schema: {
        summary: "Templates, newest first; deleted ones only by status=DELETED",
        tags,
        querystring: TemplateQuery,
        response: { 200: pageOf(Template) },
      },
    },
    async (request, reply) => {
      const { status, category, language, q, waba_id: wabaId, cursor } = request.query;
      const { items, next } = await listTemplates(ctxOf(request), {
        filter: withoutUndefined({ status, category, language, q, wabaId }),
        limit: limitOf(request.query),
        ...idCursor("templates", cursor),
      });
      const page = { items, next: cursorWord("templates", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentTemplate);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/templates/:id",
    { schema: { summary: "One template", tags, params: ById, response: { 200: Template } } },
    async (request) => presentTemplate(await getTemplate(ctxOf(request), idIn(request.params, "template"))),
  );
}

function previewRoute(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: TemplateValues }>(
    "/v1/templates/:id/preview",
    {
      schema: {
        summary: "A template with values put in, and whether they fit",
        tags,
        params: ById,
        body: TemplateValues,
        response: { 200: TemplatePreview },
      },
    },
    async (request) => {
      const { components } = await getTemplate(ctxOf(request), idIn(request.params, "template"));
      const given = (request.body.components ?? []).map(parseComponent);
      return presentPreview(renderTemplate(components, given), checkTemplateParameters(components, given));
    },
  );
}

function createRoute(app: FastifyInstance, deps: TemplateChangeDeps): void {
  app.post<{ Body: NewTemplate }>(
    "/v1/templates",
    {
      config: atVendor,
      schema: {
        summary: "Create a template; WhatsApp reviews it",
        tags,
        body: NewTemplate,
        response: { 201: Template },
      },
    },
    async (request, reply) => {
      const { channel_account_id: channelAccountId, parameter_format: format, ...definition } = request.body;
      const input = { ...definition, channelAccountId, parameterFormat: format ?? "POSITIONAL" };
      const template = await createTemplate(ctxOf(request), deps, input);
      reply.code(201).header("location", `/v1/templates/${template.id}`);
      return presentTemplate(template);
    },
  );
}

function changeRoutes(app: FastifyInstance, deps: TemplateChangeDeps): void {
  app.patch<{ Params: Params; Body: TemplatePatch }>(
    "/v1/templates/:id",
    {
      config: forManagers,
      schema: {
        summary: "Edit a template; WhatsApp reviews it again",
        tags,
        params: ById,
        body: TemplatePatch,
        response: { 200: Template },
      },
    },
    async (request) => {
      const edit = withoutUndefined({ category: request.body.category, components: request.body.components });
      return presentTemplate(await editTemplate(ctxOf(request), deps, idIn(request.params, "template"), edit));
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/templates/:id",
    {
      config: forManagers,
      schema: { summary: "Delete a template, at WhatsApp too", tags, params: ById, response: { 204: noContent } },
    },
    async (request, reply) => {
      await deleteTemplate(ctxOf(request), deps, idIn(request.params, "template"));
      reply.code(204);
    },
  );
}
