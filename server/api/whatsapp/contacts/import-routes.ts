import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import type { Ctx } from "../../../domain/context.ts";
import { importContacts } from "../../../domain/imports/import-contacts.ts";
import type { PersonResult } from "../../../domain/imports/import-people.ts";
import { ctxOf } from "../../http/request-state.ts";
import { hourly } from "../field-schemas.ts";
import { ImportBody, ImportResult } from "./import-schemas.ts";
import { parseImport } from "./parse-import.ts";

export function importRoutes(app: FastifyInstance): void {
  app.post<{ Body: Static<typeof ImportBody> }>(
    "/api/crm/contacts/import",
    {
      schema: {
        summary: "Import contacts",
        description:
          "Up to 1,000 at once. A row that cannot be read stops no other one. POST /v1/imports/{importId}/undo takes it back.",
        tags: ["Contacts"],
        body: ImportBody,
        response: { 200: ImportResult },
      },
      config: { hourly: hourly.contacts },
    },
    (request) => runImport(ctxOf(request), request.body),
  );
}

async function runImport(ctx: Ctx, body: Static<typeof ImportBody>) {
  const table = await parseImport(ctx, body);
  const { importId, results } = await importContacts(ctx, { ...table, onDuplicate: body.onDuplicate ?? "skip" });
  const counts = { total: results.length, ...countsOf(results) };
  return { success: true, data: { importId: String(importId), ...counts, results: results.map(presentRow) } };
}

function countsOf(results: PersonResult[]) {
  const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  for (const { result } of results) counts[result] += 1;
  return counts;
}

function presentRow({ result, contactId, reason }: PersonResult, index: number) {
  return { row: index + 1, result, _id: contactId === null ? null : String(contactId), message: reason };
}
