import { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { cleanJson, cleanJsonForSchema } from "../../../shared/clean-json.ts";

/** A preValidation hook: what the database could not store (NUL, half characters) is taken out before anything looks at it. */
export async function cleanInput(request: FastifyRequest): Promise<void> {
  // A file is read by who knows its encoding.
  const isFile = Buffer.isBuffer(request.body) || request.body instanceof Readable;
  if (request.body !== undefined && !isFile) request.body = cleanJsonForSchema(request.body);
  request.query = cleanJson(request.query);
}
