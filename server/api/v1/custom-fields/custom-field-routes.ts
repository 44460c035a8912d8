import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { CustomField, CustomFieldQuery, NewCustomField } from "../../../../shared/v1/custom-field.ts";
import { listOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { CustomField as DomainField } from "../../../domain/custom-fields/custom-field.ts";
import { defineCustomField, deleteCustomField } from "../../../domain/custom-fields/define-custom-field.ts";
import { listCustomFields } from "../../../domain/custom-fields/list-custom-fields.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["custom fields"];

export function customFieldRoutes(app: FastifyInstance): void {
  listRoute(app);
  definitionRoutes(app);
}

function listRoute(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof CustomFieldQuery> }>(
    "/v1/custom-fields",
    {
      schema: {
        summary: "The company's own fields",
        tags,
        querystring: CustomFieldQuery,
        response: { 200: listOf(CustomField) },
      },
    },
    async (request) => ({
      data: (await listCustomFields(ctxOf(request), request.query.entity)).map(presentCustomField),
    }),
  );
}

function definitionRoutes(app: FastifyInstance): void {
  app.post<{ Body: Static<typeof NewCustomField> }>(
    "/v1/custom-fields",
    {
      config: forManagers,
      schema: { summary: "Define a field", tags, body: NewCustomField, response: { 201: CustomField } },
    },
    async (request, reply) => {
      const { entity, key, label, kind, options } = request.body;
      const field = await defineCustomField(ctxOf(request), {
        entity,
        key,
        label,
        kind,
        ...withoutUndefined({ options }),
      });
      reply.code(201);
      return presentCustomField(field);
    },
  );
  app.delete<{ Params: Static<typeof ById> }>(
    "/v1/custom-fields/:id",
    { config: forManagers, schema: { summary: "Take a field away", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteCustomField(ctxOf(request), idIn(request.params, "custom_field"));
      reply.code(204);
    },
  );
}

function presentCustomField(field: DomainField): CustomField {
  return {
    id: field.id,
    entity: field.entity,
    key: field.key,
    label: field.label,
    kind: field.kind,
    options: field.options,
    created_at: field.createdAt,
  };
}
