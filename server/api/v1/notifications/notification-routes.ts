import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import {
  type Notification,
  NotificationPage,
  NotificationQuery,
  UnreadCount,
} from "../../../../shared/v1/notification.ts";
import {
  countUnread,
  type Notification as DomainNotification,
  listNotifications,
} from "../../../domain/notifications/list-notifications.ts";
import { markAllRead, markRead } from "../../../domain/notifications/mark-read.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { forEverybody } from "./for-everybody.ts";

const tags = ["notifications"];

/** The caller's own notifications. */
export function notificationRoutes(app: FastifyInstance): void {
  listRoute(app);
  readingRoutes(app);
}

function listRoute(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof NotificationQuery> }>(
    "/v1/notifications",
    {
      schema: {
        summary: "My notifications",
        tags,
        querystring: NotificationQuery,
        response: { 200: NotificationPage },
      },
    },
    async (request, reply) => {
      const { unread, cursor } = request.query;
      const { items, next } = await listNotifications(ctxOf(request), {
        ...(unread ? { unread } : {}),
        limit: limitOf(request.query),
        ...idCursor("notifications", cursor),
      });
      const page = { items, next: cursorWord("notifications", next === null ? null : [null, next]) };
      const unreadCount = await countUnread(ctxOf(request));
      return { ...presentPage(request, reply, page, presentNotification), unread_count: unreadCount };
    },
  );
}

function readingRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/notifications/unread-count",
    { schema: { summary: "How many I have not read", tags, response: { 200: UnreadCount } } },
    async (request) => ({ unread_count: await countUnread(ctxOf(request)) }),
  );
  app.post<{ Params: Static<typeof ById> }>(
    "/v1/notifications/:id/read",
    {
      config: forEverybody,
      schema: { summary: "Mark one as read", tags, params: ById, response: { 204: noContent } },
    },
    async (request, reply) => {
      await markRead(ctxOf(request), idIn(request.params, "notification"));
      reply.code(204);
    },
  );
  app.post(
    "/v1/notifications/read-all",
    { config: forEverybody, schema: { summary: "Mark all as read", tags, response: { 204: noContent } } },
    async (request, reply) => {
      await markAllRead(ctxOf(request));
      reply.code(204);
    },
  );
}

function presentNotification(notification: DomainNotification): Notification {
  return {
    id: notification.id,
    kind: notification.kind,
    title: notification.title,
    body: notification.body,
    contact_id: notification.contactId,
    subject:
      notification.subjectKind === null || notification.subjectId === null
        ? null
        : { kind: notification.subjectKind, id: notification.subjectId },
    happens_at: notification.happensAt,
    created_at: notification.createdAt,
    read_at: notification.readAt,
  };
}
