import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import {
  Import,
  ImportCheck,
  ImportPlan,
  ImportPreview,
  ImportRow,
  ImportRowQuery,
  UploadQuery,
} from "../../../../shared/v1/import.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Ctx } from "../../../domain/context.ts";
import { checkImport } from "../../../domain/imports/check-import.ts";
import { createImport } from "../../../domain/imports/create-import.ts";
import { errorFile } from "../../../domain/imports/error-file.ts";
import { getImport, listImportRows, listImports } from "../../../domain/imports/get-import.ts";
import type { Import as DomainImport } from "../../../domain/imports/import.ts";
import { planImport, startImport, undoImport } from "../../../domain/imports/plan-import.ts";
import { ctxOf } from "../../http/request-state.ts";
import { allowSlowBody } from "../../http/slow-body.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentDryRun, presentImport, presentImportRow } from "./present-import.ts";
import { largestUpload, readUpload } from "./read-upload.ts";

const tags = ["imports"];
const previewRows = 20;
const paging = Type.Object({ limit: ImportRowQuery.properties.limit, cursor: ImportRowQuery.properties.cursor });
type Params = Static<typeof ById>;

/** People from a file: upload, look, say what the columns are, try, start, undo. */
export function importRoutes(app: FastifyInstance): void {
  // In a scope of its own, because only here a file may come as the body.
  app.register(async (scope) => {
    scope.addHook("onRequest", allowSlowBody());
    const types = ["text/csv", "text/tab-separated-values", "text/plain", "application/vnd.ms-excel"];
    scope.addContentTypeParser(types, { parseAs: "buffer", bodyLimit: largestUpload }, (_request, body, done) =>
      done(null, body),
    );
    uploadRoute(scope);
  });
  readRoutes(app);
  rowRoutes(app);
  planRoutes(app);
}

function uploadRoute(app: FastifyInstance): void {
  app.post<{ Querystring: UploadQuery; Body: unknown }>(
    "/v1/imports",
    {
      bodyLimit: largestUpload,
      schema: {
        summary: "Upload people: text/csv, or JSON rows",
        tags,
        querystring: UploadQuery,
        response: { 201: ImportPreview },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const upload = { ...readUpload(request.body), ...withoutUndefined({ filename: request.query.filename }) };
      const created = await createImport(ctx, upload);
      reply.code(201).header("location", `/v1/imports/${created.id}`);
      return withPreview(ctx, created);
    },
  );
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof paging> }>(
    "/v1/imports",
    { schema: { summary: "Imports, newest first", tags, querystring: paging, response: { 200: pageOf(Import) } } },
    async (request, reply) => {
      const query = { limit: limitOf(request.query), ...idCursor("imports", request.query.cursor) };
      const { items, next } = await listImports(ctxOf(request), query);
      const page = { items, next: cursorWord("imports", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentImport);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/imports/:id",
    { schema: { summary: "One import, how far it is", tags, params: ById, response: { 200: ImportPreview } } },
    async (request) => {
      const ctx = ctxOf(request);
      return withPreview(ctx, await getImport(ctx, idIn(request.params, "import")));
    },
  );
}

function rowRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: ImportRowQuery }>(
    "/v1/imports/:id/rows",
    {
      schema: {
        summary: "What became of each row",
        tags,
        params: ById,
        querystring: ImportRowQuery,
        response: { 200: pageOf(ImportRow) },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { id: importId } = await getImport(ctx, idIn(request.params, "import"));
      const { items, next } = await listImportRows(ctx, {
        importId,
        ...withoutUndefined({ result: request.query.result }),
        limit: limitOf(request.query),
        ...idCursor("import_rows", request.query.cursor),
      });
      const page = { items, next: cursorWord("import_rows", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentImportRow);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/imports/:id/errors.csv",
    {
      schema: {
        summary: "The rows that failed, with the reason",
        tags,
        params: ById,
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      const { id } = await getImport(ctxOf(request), idIn(request.params, "import"));
      reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="import-${id}-errors.csv"`);
      return reply.send(Readable.from(errorFile(ctxOf(request), id)));
    },
  );
}

function planRoutes(app: FastifyInstance): void {
  app.patch<{ Params: Params; Body: ImportPlan }>(
    "/v1/imports/:id",
    {
      schema: { summary: "Say what the columns are", tags, params: ById, body: ImportPlan, response: { 200: Import } },
    },
    async (request) =>
      presentImport(await planImport(ctxOf(request), idIn(request.params, "import"), planOf(request.body))),
  );
  app.post<{ Params: Params }>(
    "/v1/imports/:id/check",
    { schema: { summary: "Try an import without doing it", tags, params: ById, response: { 200: ImportCheck } } },
    async (request) => presentDryRun(await checkImport(ctxOf(request), idIn(request.params, "import"))),
  );
  app.post<{ Params: Params }>(
    "/v1/imports/:id/start",
    { schema: { summary: "Start an import", tags, params: ById, response: { 202: Import } } },
    async (request, reply) => {
      reply.code(202);
      return presentImport(await startImport(ctxOf(request), idIn(request.params, "import")));
    },
  );
  app.post<{ Params: Params }>(
    "/v1/imports/:id/undo",
    { schema: { summary: "Take an import back", tags, params: ById, response: { 202: Import } } },
    async (request, reply) => {
      reply.code(202);
      return presentImport(await undoImport(ctxOf(request), idIn(request.params, "import")));
    },
  );
}

function planOf({ mapping, on_duplicate: onDuplicate }: ImportPlan) {
  return withoutUndefined({ mapping, onDuplicate });
}

async function withPreview(ctx: Ctx, found: DomainImport): Promise<ImportPreview> {
  const { items } = await listImportRows(ctx, { importId: found.id, limit: previewRows });
  return { ...presentImport(found), preview: items.map(({ cells }) => cells) };
}
