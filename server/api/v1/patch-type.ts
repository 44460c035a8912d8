import type { FastifyReply, FastifyRequest } from "fastify";
import { RequestFailure } from "../http/failure.ts";

const accepted = ["application/merge-patch+json", "application/json"];

/** An onRequest hook: PATCH takes a JSON merge patch (RFC 7396), plain JSON meaning the same; all else is told what it takes. */
export async function requirePatchType(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.method !== "PATCH") return;
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== undefined && accepted.includes(type)) return;
  reply.header("accept-patch", accepted.join(", "));
  throw new RequestFailure({ kind: "unsupported_media_type", message: `PATCH takes ${accepted.join(" or ")}.` });
}
