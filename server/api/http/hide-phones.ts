import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { jsonOf } from "../../../shared/json.ts";
import { isMaskedPhone, maskedInText, maskPhones } from "../../../shared/phone/mask-phones.ts";
import { RequestFailure } from "./failure.ts";

/**
 * Hides phone numbers from roles that may not see them. Here, on the finished answer of every route, because a rule in each presenter
 * is forgotten in the next one. Live frames do it for themselves: they are no answers.
 */
export function hidePhones(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => (isMasked(request) ? hidden(reply, payload) : payload));
  app.addHook("preValidation", async (request) => {
    if (isMasked(request)) request.body = withoutMasks(request.body);
  });
}

function isMasked({ state }: FastifyRequest): boolean {
  return state?.ctx.reach.masksPhones === true;
}

function hidden(reply: FastifyReply, payload: unknown): unknown {
  hideInFilename(reply);
  const type = String(reply.getHeader("content-type") ?? "");
  // Made line by line as it is read; a stored file has its length and is given as it is.
  if (payload instanceof Readable && type.startsWith("text/csv") && !reply.hasHeader("content-length"))
    return Readable.from(hiddenLines(payload));
  if (typeof payload !== "string" || payload === "") return payload;
  reply.removeHeader("content-length");
  if (/[/+]json/.test(type)) return JSON.stringify(maskPhones(jsonOf(JSON.parse(payload))));
  return type.startsWith("text/") ? maskedInText(payload) : payload;
}

async function* hiddenLines(lines: Readable): AsyncGenerator<string> {
  for await (const piece of lines) yield maskedInText(String(piece));
}

function hideInFilename(reply: FastifyReply): void {
  const named = reply.getHeader("content-disposition");
  if (typeof named !== "string") return;
  const hiddenName = named.replace(/\d{8,15}/g, (digits) => "x".repeat(digits.length - 4) + digits.slice(-4));
  reply.header("content-disposition", hiddenName);
}

/** A hidden number that comes back is not written: the field counts as not given, and a text with one in it is refused. */
function withoutMasks(value: unknown): unknown {
  if (typeof value === "string") return refuseHidden(value);
  if (Array.isArray(value)) return value.filter((item) => !isMask(item)).map(withoutMasks);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const kept = Object.entries(value).filter(([, item]) => !isMask(item));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutMasks(item)]));
}

function isMask(value: unknown): boolean {
  return typeof value === "string" && isMaskedPhone(value);
}

function refuseHidden(text: string): string {
  if (!/•{5} ?\d{2}/.test(text)) return text;
  const message = "This text holds a phone number that is hidden from you; written back, the number would be lost.";
  throw new RequestFailure({ kind: "invalid", problems: [{ path: "body", message }] });
}
