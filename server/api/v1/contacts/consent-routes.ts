import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { pageOf, paging } from "../../../../shared/v1/fields.ts";
import { Consent, NewConsent } from "../../../../shared/v1/sending.ts";
import { type ConsentRecord, changeConsent, listConsents } from "../../../domain/policy/consents.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["contacts"];
const Query = Type.Object(paging);
type Params = Static<typeof ById>;

/** What a person agreed to and withdrew, with its evidence. */
export function consentRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof Query> }>(
    "/v1/contacts/:id/consents",
    {
      schema: {
        summary: "What a person agreed to and withdrew, newest first",
        tags,
        params: ById,
        querystring: Query,
        response: { 200: pageOf(Consent) },
      },
    },
    async (request, reply) => {
      const { items, next } = await listConsents(ctxOf(request), idIn(request.params, "contact"), {
        limit: limitOf(request.query),
        ...timeCursor("consents", request.query.cursor),
      });
      const page = { items, next: cursorWord("consents", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentConsent);
    },
  );
  app.post<{ Params: Params; Body: NewConsent }>(
    "/v1/contacts/:id/consents",
    {
      schema: {
        summary: "Write down what a person agreed to or withdrew",
        tags,
        params: ById,
        body: NewConsent,
        response: { 201: Consent },
      },
    },
    async (request, reply) => {
      const { channel = "whatsapp", purpose, state, source, evidence = "" } = request.body;
      const consent = { channel, purpose, state, source, evidence };
      const written = await changeConsent(ctxOf(request), idIn(request.params, "contact"), consent);
      return reply.code(201).send(presentConsent(written));
    },
  );
}

function presentConsent({ id, channel, purpose, state, source, evidence, at }: ConsentRecord): Consent {
  return { id, channel, purpose, state, source, evidence, at };
}
