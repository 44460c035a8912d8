import type { FastifyInstance } from "fastify";
import { roles } from "../../../../shared/roles.ts";
import { CalendarFeed, NewCalendarFeed } from "../../../../shared/v1/booking.ts";
import { getFeed, revokeFeed, rotateFeed } from "../../../domain/calendar/calendar-feed.ts";
import { baseAddress } from "../../http/base-address.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";

const tags = ["booking"];

/** The caller's own visits at a secret address, for their calendar. */
export function calendarRoutes(app: FastifyInstance, { publicUrl }: { publicUrl?: string | undefined }): void {
  app.get(
    "/v1/me/calendar",
    { schema: { summary: "Whether one's calendar has an address", tags, response: { 200: CalendarFeed } } },
    async (request) => {
      const feed = await getFeed(ctxOf(request));
      return { active: feed !== null, created_at: feed?.createdAt ?? null };
    },
  );
  app.post(
    "/v1/me/calendar/rotate",
    {
      config: { roles },
      schema: { summary: "Give one's calendar a new secret address", tags, response: { 200: NewCalendarFeed } },
    },
    async (request) => {
      const { token, createdAt } = await rotateFeed(ctxOf(request));
      return { address: `${baseAddress(request, publicUrl)}/calendar/${token}.ics`, created_at: createdAt };
    },
  );
  app.delete(
    "/v1/me/calendar",
    { config: { roles }, schema: { summary: "Close one's calendar's address", tags, response: { 204: noContent } } },
    async (request, reply) => {
      await revokeFeed(ctxOf(request));
      reply.code(204);
    },
  );
}
