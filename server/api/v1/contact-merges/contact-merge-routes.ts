import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import {
  ContactMerge,
  ContactMergePreview,
  ContactMergeQuery,
  NewContactMerge,
} from "../../../../shared/v1/contact-merge.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Ctx } from "../../../domain/context.ts";
import { acceptMerge } from "../../../domain/merges/accept-merge.ts";
import { dismissMerge } from "../../../domain/merges/dismiss-merge.ts";
import { getMerge, listMerges } from "../../../domain/merges/list-merges.ts";
import type { Merge } from "../../../domain/merges/merge.ts";
import { previewMerge } from "../../../domain/merges/preview-merge.ts";
import { proposeMergeByHand } from "../../../domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../domain/merges/undo-merge.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentMerge, presentMergePreview } from "./present-merge.ts";

const tags = ["contact merges"];
const list = "contact_merges";
type Params = Static<typeof ById>;

/** Two records that are one person. */
export function contactMergeRoutes(app: FastifyInstance): void {
  readRoutes(app);
  proposalRoute(app);
  decisionRoute(app, "accept", "Make two people one", acceptMerge);
  decisionRoute(app, "dismiss", "They are two people", dismissMerge);
  decisionRoute(app, "undo", "Take a merge back", undoMerge);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: ContactMergeQuery }>(
    "/v1/contact-merges",
    {
      schema: {
        summary: "Merges of people, newest first",
        tags,
        querystring: ContactMergeQuery,
        response: { 200: pageOf(ContactMerge) },
      },
    },
    async (request, reply) => {
      const { status, contact_id: contactId, cursor } = request.query;
      const { items, next } = await listMerges(ctxOf(request), {
        ...withoutUndefined({ status, contactId }),
        limit: limitOf(request.query),
        ...idCursor(list, cursor),
      });
      const page = { items, next: cursorWord(list, next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentMerge);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/contact-merges/:id",
    { schema: { summary: "One merge", tags, params: ById, response: { 200: ContactMerge } } },
    async (request) => presentMerge(await getMerge(ctxOf(request), idIn(request.params, "contact_merge"))),
  );
  app.get<{ Params: Params }>(
    "/v1/contact-merges/:id/preview",
    { schema: { summary: "What accepting would do", tags, params: ById, response: { 200: ContactMergePreview } } },
    async (request) => presentMergePreview(await previewMerge(ctxOf(request), idIn(request.params, "contact_merge"))),
  );
}

function proposalRoute(app: FastifyInstance): void {
  app.post<{ Body: NewContactMerge }>(
    "/v1/contact-merges",
    {
      schema: { summary: "Say that two people are one", tags, body: NewContactMerge, response: { 201: ContactMerge } },
    },
    async (request, reply) => {
      const { kept_contact_id: keptId, merged_contact_id: mergedId, reason } = request.body;
      const merge = await proposeMergeByHand(ctxOf(request), { keptId, mergedId, ...withoutUndefined({ reason }) });
      reply.code(201).header("location", `/v1/contact-merges/${merge.id}`);
      return presentMerge(merge);
    },
  );
}

function decisionRoute(
  app: FastifyInstance,
  word: string,
  summary: string,
  decide: (ctx: Ctx, id: number) => Promise<Merge>,
): void {
  app.post<{ Params: Params }>(
    `/v1/contact-merges/:id/${word}`,
    { schema: { summary, tags, params: ById, response: { 200: ContactMerge } } },
    async (request) => presentMerge(await decide(ctxOf(request), idIn(request.params, "contact_merge"))),
  );
}
