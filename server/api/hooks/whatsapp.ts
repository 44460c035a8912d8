import type { FastifyInstance } from "fastify";
import { acceptWebhook } from "../../channels/whatsapp-cloud/accept-webhook.ts";
import { verifyChallenge } from "../../channels/whatsapp-cloud/signature.ts";
import type { Db } from "../../db/connection.ts";
import type { Delivery } from "../../domain/conversations/store-delivery.ts";
import { RequestFailure } from "../http/failure.ts";
import { keepRawBody } from "./keep-raw-body.ts";
import { refuseGuess } from "./refuse-guess.ts";

export type WhatsAppHookOptions = {
  db: Db;
  appSecret: string;
  verifyToken: string;
  store: (delivery: Delivery) => Promise<void>;
};

/** Meta's webhook: the handshake, and bodies signed over their raw bytes. Stored first, understood later; 200 as soon as stored. */
export function whatsappHook(options: WhatsAppHookOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    keepRawBody(app);
    app.get("/hooks/whatsapp", async (request, reply) => {
      const query = typeof request.query === "object" && request.query !== null ? { ...request.query } : {};
      const challenge = verifyChallenge(query, options.verifyToken);
      if (challenge === undefined)
        return refuseGuess(options.db, request, reply, {
          kind: "forbidden",
          message: "The verify token does not match.",
        });
      return reply.type("text/plain; charset=utf-8").send(challenge);
    });
    app.post<{ Body: Buffer }>("/hooks/whatsapp", async (request, reply) => {
      const signature = request.headers["x-hub-signature-256"];
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!(await acceptWebhook(options, body, typeof signature === "string" ? signature : undefined))) {
        throw new RequestFailure({ kind: "unauthenticated", message: "The signature does not match the body." });
      }
      return reply.type("text/plain; charset=utf-8").send("EVENT_RECEIVED");
    });
  };
}
