import type { FastifyReply, FastifyRequest } from "fastify";
import type { LiveSink } from "../../domain/live/live-sink.ts";

/** Turns an answer into server-sent events that stay open; nothing where the caller has gone already. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply): LiveSink | undefined {
  const { raw } = reply;
  if (raw.destroyed || request.raw.destroyed) return undefined;
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  // The end of the connection is the end of the stream, so one event to a thousand listeners needn't be framed a thousand times.
  raw.useChunkedEncodingByDefault = false;
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    // no-transform: a proxy that compresses would hold small events back.
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    "x-request-id": request.id,
    connection: "close",
  });
  raw.flushHeaders();
  // Whatever breaks the connection is followed by its close; nobody is left to be told.
  raw.on("error", () => {});
  return {
    write: (bytes) => void raw.write(bytes),
    backlogBytes: () => raw.writableLength,
    drained: () =>
      new Promise((resolve) => {
        if (raw.destroyed || !raw.writableNeedDrain) return resolve();
        raw.once("drain", resolve);
        raw.once("close", resolve);
      }),
    // What a slow reader has not taken is thrown away with the connection.
    end: () => void (raw.writableNeedDrain ? raw.destroy() : raw.end()),
    onClose: (listener) => void raw.once("close", listener),
  };
}
