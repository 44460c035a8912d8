import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import { companyOfGatewaySecret } from "../../domain/conversations/gateway-secret.ts";
import type { Delivery } from "../../domain/conversations/store-delivery.ts";
import { keepRawBody } from "./keep-raw-body.ts";
import { refuseGuess } from "./refuse-guess.ts";

export type GatewayHookOptions = { db: Db; store: (delivery: Delivery) => Promise<void> };

/**
 * `POST /webhook`: WhatsApp gateways (the `messages.upsert` shape). They cannot sign, so each company has a secret, sent as
 * `Authorization: Bearer`, `apikey`, `x-api-key`, `x-webhook-secret` or `?token=`, whichever the gateway can be set to.
 */
export function gatewayHook({ db, store }: GatewayHookOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    keepRawBody(app);
    app.post<{ Querystring: { token?: unknown } }>("/webhook", async (request, reply) => {
      const secret = secretOf(request.headers, request.query.token);
      const companyId = secret === undefined ? undefined : await companyOfGatewaySecret(db, secret);
      if (companyId === undefined) {
        return refuseGuess(db, request, reply, {
          kind: "unauthenticated",
          message: "The webhook secret is missing or wrong.",
        });
      }
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await store({ provider: "whatsapp_gateway", companyId, body, receivedAt: new Date() });
      return reply.type("application/json; charset=utf-8").send('{"status":"success"}');
    });
  };
}

function secretOf(headers: FastifyRequest["headers"], token: unknown): string | undefined {
  const bearer = /^bearer\s+(.+)$/i.exec(headers.authorization ?? "")?.[1];
  const candidates = [bearer, headers.apikey, headers["x-api-key"], headers["x-webhook-secret"], token];
  return candidates.find((candidate): candidate is string => typeof candidate === "string" && candidate !== "");
}
