import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { NewSuppression, Suppression } from "../../../../shared/v1/email.ts";
import { pageOf, paging } from "../../../../shared/v1/fields.ts";
import { addSuppression, dropSuppression, listSuppressions } from "../../../domain/email/list-suppressions.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { noContent } from "../no-content.ts";
import { cursorParts, cursorWord, foreignCursor, limitOf, presentPage } from "../pages.ts";

const tags = ["e-mail"];
const ListQuery = Type.Object(paging);
const ByAddress = Type.Object({ address: Type.String({ maxLength: 300 }) });

/** Addresses that get no mail: they bounced, complained, or somebody put them there. */
export function suppressionRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    "/v1/email-suppressions",
    {
      config: forManagers,
      schema: {
        summary: "Addresses that get no mail, and why",
        tags,
        querystring: ListQuery,
        response: { 200: pageOf(Suppression) },
      },
    },
    async (request, reply) => {
      const { items, next } = await listSuppressions(ctxOf(request), {
        limit: limitOf(request.query),
        ...afterOf(request.query.cursor),
      });
      const page = { items, next: cursorWord("suppressions", next === null ? null : [next, 0]) };
      return presentPage(request, reply, page, (each) => each);
    },
  );
  writeRoutes(app);
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewSuppression }>(
    "/v1/email-suppressions",
    {
      config: forManagers,
      schema: { summary: "Let an address get no mail", tags, body: NewSuppression, response: { 201: Suppression } },
    },
    async (request, reply) => {
      reply.code(201);
      return addSuppression(ctxOf(request), request.body.address);
    },
  );
  app.delete<{ Params: Static<typeof ByAddress> }>(
    "/v1/email-suppressions/:address",
    {
      config: forManagers,
      schema: { summary: "Let mail go to an address again", tags, params: ByAddress, response: { 204: noContent } },
    },
    async (request, reply) => {
      await dropSuppression(ctxOf(request), request.params.address);
      reply.code(204);
      return null;
    },
  );
}

function afterOf(word: string | undefined): { after?: string } {
  if (word === undefined) return {};
  const { key } = cursorParts("suppressions", word);
  if (typeof key !== "string") throw foreignCursor();
  return { after: key };
}
