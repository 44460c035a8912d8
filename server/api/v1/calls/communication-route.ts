import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import type * as View from "../../../../shared/v1/call.ts";
import { Communication, CommunicationQuery } from "../../../../shared/v1/call.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Communication as DomainCommunication } from "../../../domain/activities/communication.ts";
import { type CommunicationCursor, listCommunications } from "../../../domain/activities/list-communications.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorParts, cursorWord, foreignCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";

const list = "communications";

/** Calls, mails, notes, meetings and messages of one person in one order. */
export function communicationRoute(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ById>; Querystring: CommunicationQuery }>(
    "/v1/contacts/:id/communications",
    {
      schema: {
        summary: "All that was said with a person, newest first",
        tags: ["calls"],
        params: ById,
        querystring: CommunicationQuery,
        response: { 200: pageOf(Communication) },
      },
    },
    async (request, reply) => {
      const { type, from, to, search, cursor } = request.query;
      const { items, next } = await listCommunications(ctxOf(request), {
        contactId: idIn(request.params, "contact"),
        ...withoutUndefined({ types: type && [type], from, to, search: search?.trim() || undefined }),
        limit: limitOf(request.query),
        ...cursorOf(cursor),
      });
      const page = { items, next: cursorWord(list, next && [`${next.kind} ${next.at}`, next.id]) };
      return presentPage(request, reply, page, present);
    },
  );
}

function cursorOf(word: string | undefined): { cursor?: CommunicationCursor } {
  if (word === undefined) return {};
  const { key, id } = cursorParts(list, word);
  const [, kind, at = ""] = /^(activity|message) (\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(String(key)) ?? [];
  if ((kind !== "activity" && kind !== "message") || Number.isNaN(Date.parse(at))) throw foreignCursor();
  return { cursor: { at, kind, id } };
}

function present(communication: DomainCommunication): View.Communication {
  return {
    kind: communication.kind,
    id: communication.id,
    contact_id: communication.contactId,
    type: communication.type,
    title: communication.title,
    text: communication.text,
    direction: communication.direction,
    status: communication.status,
    delivery_status: communication.deliveryStatus,
    duration_seconds: communication.durationSeconds,
    scheduled_at: communication.scheduledAt,
    outcome: communication.outcome,
    from_name: communication.fromName,
    to_name: communication.toName,
    phone: communication.phone,
    recording_url: communication.recordingUrl,
    metadata: communication.metadata,
    lead_id: communication.leadId,
    deal_id: communication.dealId,
    note_id: communication.noteId,
    message_id: communication.messageId,
    user_id: communication.userId,
    user_name: communication.userName,
    occurred_at: communication.occurredAt,
  };
}
