import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { type JsonObject, jsonObjectOf, jsonOf } from "../../../../shared/json.ts";
import { parsePhone } from "../../../../shared/phone/parse-phone.ts";
import { buildWebhookBody, type SimulatedPerson } from "../../../channels/simulator/build-body.ts";
import { signBody } from "../../../channels/whatsapp-cloud/signature.ts";
import { simulatedNumber } from "../../../domain/conversations/simulated-number.ts";
import { forbidden, invalid } from "../../../domain/domain-error.ts";
import { RequestFailure } from "../../http/failure.ts";
import { ctxOf, principalOf } from "../../http/request-state.ts";

const Body = Type.Object({
  from: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 120 }),
    phone: Type.Optional(
      Type.String({ maxLength: 40, description: "With country code; left out for a person without a number." }),
    ),
    user_id: Type.Optional(Type.String({ pattern: "^[A-Z]{2}\\.[A-Za-z0-9.]{1,128}$" })),
    username: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  type: Type.Optional(Type.String({ pattern: "^[a-z_]{1,40}$", default: "text" })),
  text: Type.Optional(Type.String({ maxLength: 4096, description: "The text, for type text." })),
  content: Type.Optional(Type.Unknown({ description: "The Cloud API's own object for any other type." })),
  reply_to: Type.Optional(Type.String({ maxLength: 200 })),
  referral: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

const Accepted = Type.Object({ message_id: Type.String(), accepted: Type.Boolean() });

/** The phone simulator: plays a customer by posting a signed, Meta-shaped body to the very route Meta posts to. */
export function simulatorRoutes(app: FastifyInstance, { appSecret }: { appSecret: string }): void {
  app.post<{ Body: Static<typeof Body> }>(
    "/v1/simulator/messages",
    {
      schema: {
        summary: "Play a customer who writes to us",
        tags: ["simulator"],
        body: Body,
        response: { 202: Accepted },
      },
      // The webhook commits on its own, so the answer cannot stand in one transaction with it.
      config: { ownIdempotency: true },
    },
    async (request, reply) => {
      if (principalOf(request).role === "secretariat") throw forbidden("Your role may only read.");
      const number = await simulatedNumber(ctxOf(request));
      const { id, body } = buildWebhookBody(number, messageOf(request));
      const payload = escapeAsMetaDoes(JSON.stringify(body));
      const answer = await app.inject({
        method: "POST",
        url: "/hooks/whatsapp",
        headers: {
          "content-type": "application/json",
          "x-hub-signature-256": signBody(appSecret, Buffer.from(payload)),
        },
        payload,
      });
      if (answer.statusCode === 503) {
        throw new RequestFailure({
          kind: "unavailable",
          retryAfterSeconds: 2,
          message: "The message could not be stored just now.",
        });
      }
      reply.code(202);
      return { message_id: id, accepted: answer.statusCode === 200 };
    },
  );
}

function messageOf(request: FastifyRequest<{ Body: Static<typeof Body> }>) {
  const { type = "text", text, content, reply_to, referral } = request.body;
  if (type === "text" && (text ?? "") === "") throw invalid("text", "text is required for type text");
  return {
    person: personOf(request.body.from),
    type,
    body: type === "text" ? { body: text ?? "" } : contentOf(content),
    replyTo: reply_to,
    referral: referral === undefined ? undefined : jsonObjectOf(jsonOf(referral)),
    sentAt: new Date(),
    onceKey: onceKeyOf(request),
  };
}

function onceKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  return typeof key === "string" && key !== "" ? `${principalOf(request).companyId} ${key}` : undefined;
}

function personOf(from: Static<typeof Body>["from"]): SimulatedPerson {
  if (from.phone === undefined) return { name: from.name, userId: from.user_id, username: from.username };
  const phone = parsePhone(from.phone);
  if (!phone) throw invalid("from/phone", "from/phone is not a phone number with country code");
  return { name: from.name, phone: phone.digits, userId: from.user_id, username: from.username };
}

function contentOf(content: unknown): JsonObject | JsonObject[] {
  const json = jsonOf(content ?? {});
  if (!Array.isArray(json)) return jsonObjectOf(json) ?? {};
  return json.map(jsonObjectOf).filter((item) => item !== undefined);
}

/** Meta signs non-ASCII escaped; a route that re-serialised the body would fail here as it would with Meta. */
function escapeAsMetaDoes(json: string): string {
  return json
    .replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("/", "\\/");
}
