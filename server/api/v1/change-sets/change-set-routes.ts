import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import {
  BulkOutcome,
  ChangeSet,
  ChangeSetItem,
  ContactBulk,
  ConversationBulk,
} from "../../../../shared/v1/change-set.ts";
import { pageOf, paging } from "../../../../shared/v1/fields.ts";
import { changeContacts } from "../../../domain/change-sets/change-contacts.ts";
import { changeManyConversations } from "../../../domain/change-sets/change-many-conversations.ts";
import { getChangeSet, listChangeSets } from "../../../domain/change-sets/change-set-rows.ts";
import { undoChangeSet } from "../../../domain/change-sets/undo-change-set.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import {
  parseContactAction,
  parseConversationAction,
  parseSelection,
  presentChangeSet,
  presentChangeSetItem,
} from "./change-set-shapes.ts";

const tags = ["change sets"];
const Query = Type.Object(paging);
type Params = Static<typeof ById>;

/** One change to many records, and taking it back. */
export function changeSetRoutes(app: FastifyInstance): void {
  bulkRoutes(app);
  journalRoutes(app);
}

function bulkRoutes(app: FastifyInstance): void {
  app.post<{ Body: ContactBulk }>(
    "/v1/contacts/bulk",
    {
      schema: { summary: "Change up to 1,000 people at once", tags, body: ContactBulk, response: { 200: BulkOutcome } },
    },
    async (request) => {
      const action = parseContactAction(request.body);
      const { changeSet, hasMore } = await changeContacts(ctxOf(request), parseSelection(request.body), action);
      return { ...presentChangeSet(changeSet), has_more: hasMore };
    },
  );
  app.post<{ Body: ConversationBulk }>(
    "/v1/conversations/bulk",
    {
      schema: {
        summary: "Assign, close or reopen up to 1,000 conversations at once",
        tags,
        body: ConversationBulk,
        response: { 200: ChangeSet },
      },
    },
    async (request) => {
      const action = parseConversationAction(request.body);
      return presentChangeSet(await changeManyConversations(ctxOf(request), request.body.ids, action));
    },
  );
}

function journalRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof Query> }>(
    "/v1/change-sets",
    {
      schema: {
        summary: "Bulk changes, newest first",
        tags,
        querystring: Query,
        response: { 200: pageOf(ChangeSetItem) },
      },
    },
    async (request, reply) => {
      const query = { limit: limitOf(request.query), ...idCursor("change_sets", request.query.cursor) };
      const { items, next } = await listChangeSets(ctxOf(request), query);
      const page = { items, next: cursorWord("change_sets", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentChangeSetItem);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/change-sets/:id",
    {
      schema: { summary: "What a bulk change did with each record", tags, params: ById, response: { 200: ChangeSet } },
    },
    async (request) => presentChangeSet(await getChangeSet(ctxOf(request), idIn(request.params, "change_set"))),
  );
  app.post<{ Params: Params }>(
    "/v1/change-sets/:id/undo",
    { schema: { summary: "Take a bulk change back", tags, params: ById, response: { 200: ChangeSet } } },
    async (request) => presentChangeSet(await undoChangeSet(ctxOf(request), idIn(request.params, "change_set"))),
  );
}
