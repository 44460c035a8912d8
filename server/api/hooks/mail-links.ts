import type { FastifyInstance, FastifyReply } from "fastify";
import type { Db } from "../../db/connection.ts";
import { createCtx } from "../../domain/context.ts";
import { mailTokens } from "../../domain/email/tracking/mail-token.ts";
import { linkOf, visitLink } from "../../domain/email/tracking/visit-link.ts";
import { refuseGuess } from "./refuse-guess.ts";

type Params = { token: string };

/** `/t/<token>`: a link of a mail, or the picture of its opening. It leads only to the address that was stored when the mail was written. */
export function mailLinks({ db, encryptionKey, now }: { db: Db; encryptionKey: string; now?: () => Date }) {
  const tokens = mailTokens(encryptionKey, "link");
  const clock = now === undefined ? {} : { now };
  return async (app: FastifyInstance): Promise<void> => {
    app.route<{ Params: Params }>({
      method: ["GET", "HEAD"],
      url: "/t/:token",
      // The address names a person's mail, and stays out of the log.
      logLevel: "silent",
      async handler(request, reply) {
        const token = tokens.read(request.params.token);
        const ctx = token && createCtx({ db, companyId: token.companyId, actor: { kind: "system" }, ...clock });
        // A HEAD is a program that looks before it goes, not somebody who reads.
        const link =
          ctx &&
          (request.method === "HEAD"
            ? await linkOf(ctx, token.id)
            : await visitLink(ctx, token.id, request.headers["user-agent"] ?? ""));
        if (!link) return refuseGuess(db, request, reply, { kind: "not_found", entity: "link" });
        return link.url === null ? sendPicture(reply) : sendOn(reply, link.url);
      },
    });
  };
}

// One transparent pixel.
const picture = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

function sendPicture(reply: FastifyReply): FastifyReply {
  return reply.header("cache-control", "no-store, private").type("image/gif").send(picture);
}

function sendOn(reply: FastifyReply, url: string): FastifyReply {
  return reply
    .code(302)
    .header("location", new URL(url).href)
    .header("cache-control", "no-store, private")
    .header("referrer-policy", "no-referrer")
    .header("x-robots-tag", "noindex")
    .send();
}
