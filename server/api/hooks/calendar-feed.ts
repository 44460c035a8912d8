import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Db } from "../../db/connection.ts";
import { ownerOfFeed } from "../../domain/calendar/calendar-feed.ts";
import { feedVisits } from "../../domain/calendar/feed-visits.ts";
import { writeCalendar } from "../../domain/calendar/write-calendar.ts";
import { refuseGuess } from "./refuse-guess.ts";

/** `GET /calendar/<secret>.ics`: a user's visits for their own calendar, which cannot sign in; the address is the key. */
export function calendarFeed({ db, now = () => new Date() }: { db: Db; now?: () => Date }) {
  return async (app: FastifyInstance): Promise<void> => {
    // The address is a secret, and stays out of the log.
    app.get<{ Params: { file: string } }>("/calendar/:file", { logLevel: "silent" }, async (request, reply) => {
      const owner = await ownerOfFeed(db, request.params.file.replace(/\.ics$/, ""));
      if (!owner) return refuseGuess(db, request, reply, { kind: "not_found", entity: "calendar" });
      const calendar = writeCalendar(owner.companyId, await feedVisits(db, owner, now()));
      const tag = `"${createHash("sha256").update(calendar).digest("base64url").slice(0, 27)}"`;
      reply.header("etag", tag).header("cache-control", "private, no-cache");
      const known = (request.headers["if-none-match"] ?? "").split(",").map((each) => each.trim().replace(/^W\//, ""));
      if (known.includes(tag)) return reply.code(304).send();
      return reply
        .type("text/calendar; charset=utf-8")
        .header("content-disposition", 'inline; filename="visits.ics"')
        .send(calendar);
    });
  };
}
