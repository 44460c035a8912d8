import type { FastifyInstance } from "fastify";
import type { PostWebhook } from "../../../channels/simulator/play-messages.ts";
import { signBody } from "../../../channels/whatsapp-cloud/signature.ts";
import { RequestFailure } from "../../http/failure.ts";

/** Posts signed bodies to the very route that Meta posts to. */
export function postWebhook(app: FastifyInstance, appSecret: string): PostWebhook {
  return async (payload) => {
    const headers = { "content-type": "application/json", "x-hub-signature-256": signBody(appSecret, payload) };
    const answer = await app.inject({ method: "POST", url: "/hooks/whatsapp", headers, payload });
    if (answer.statusCode === 503) {
      const message = "The message could not be stored just now.";
      throw new RequestFailure({ kind: "unavailable", retryAfterSeconds: 2, message });
    }
    return answer.statusCode === 200;
  };
}
