import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import { claimKey, type StoredAnswer, storeAnswer } from "../../domain/idempotency/idempotency-keys.ts";
import { RequestFailure } from "./failure.ts";
import { principalOf } from "./request-state.ts";

/**
 * Makes a POST with an Idempotency-Key happen once: the key, the effect and the answer are one transaction, so that no crash can
 * leave one without the other. A repeat gets the stored answer; while the first still runs it gets 409; another payload 422.
 * Keys live 24 hours.
 */
export function onceByIdempotencyKey(handler: RouteHandlerMethod): RouteHandlerMethod {
  return async function once(request, reply) {
    const key = keyOf(request);
    const state = request.state;
    if (key === undefined || !state) return handler.call(this, request, reply);
    const outer = state.ctx;
    const keyHash = digest(`${principalOf(request).credential} ${addressOf(request)} ${key}`);
    const fingerprint = digest(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null));
    try {
      const outcome = await outer.transact(async (tx) => {
        const claim = await claimKey(tx, keyHash);
        if (claim.state === "running") throw new RequestFailure(stillRunning);
        if (claim.state === "answered") return { stored: claim.answer };
        state.ctx = tx;
        const payload: unknown = await handler.call(this, request, reply);
        const body = serialized(reply, payload);
        await storeAnswer(tx, { keyHash, fingerprint, status: reply.statusCode, body });
        return { payload };
      });
      // Sent only now: an answer before the commit would find the key still held when the caller asks again.
      return "stored" in outcome ? replay(reply, outcome.stored, fingerprint) : outcome.payload;
    } finally {
      state.ctx = outer;
    }
  };
}

const stillRunning = { kind: "conflict", message: "A request with this Idempotency-Key is still running." } as const;

function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers["idempotency-key"];
  if (header === undefined) return undefined;
  const text = String(header).trim();
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (key === "" || key.length > 255) {
    throw new RequestFailure({
      kind: "malformed",
      message: "The Idempotency-Key header must hold 1 to 255 characters.",
    });
  }
  return key;
}

/** One spelling for what reaches the same route with the same values: slashes, percent signs and the query's order do not count. */
function addressOf({ method, url, params, routeOptions }: FastifyRequest): string {
  const query = new URLSearchParams(url.split("?", 2)[1]);
  query.sort();
  return `${method} ${routeOptions.url} ${JSON.stringify(params)} ${query.toString()}`;
}

function serialized(reply: FastifyReply, payload: unknown): string {
  if (payload === undefined) return "";
  const text = reply.serialize(payload);
  return typeof text === "string" ? text : JSON.stringify(payload);
}

function replay(reply: FastifyReply, stored: StoredAnswer, fingerprint: Buffer): unknown {
  if (!stored.fingerprint.equals(fingerprint)) {
    throw new RequestFailure({
      kind: "idempotency_mismatch",
      message: "This Idempotency-Key was used with another request body.",
    });
  }
  reply.code(stored.response_status ?? 200).header("idempotency-replayed", "true");
  if (stored.response_body === null || stored.response_body === "") return reply.send();
  return reply.type("application/json; charset=utf-8").send(stored.response_body);
}

function digest(text: string | Buffer): Buffer {
  return createHash("sha256").update(text).digest();
}
