import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";

/** How little a body may bring in how long, and how long it may take in all. */
export type Patience = { everyMs: number; leastBytes: number; longestMs: number };

// 17 kbit/s; a hundred megabytes within the hour want 230.
const usual: Patience = { everyMs: 30_000, leastBytes: 64 * 1024, longestMs: 3_600_000 };

type Upload = { request: IncomingMessage; patience: Patience };
const uploads = new WeakMap<Socket, Upload>();

/**
 * An onRequest hook for routes that take files, after authentication: the time in which every request has to be here does not end them as
 * long as they bring something. It costs nothing before that time is over.
 */
export function allowSlowBody(patience: Patience = usual) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const { socket } = request.raw;
    uploads.set(socket, { request: request.raw, patience });
    reply.raw.once("close", () => uploads.delete(socket));
    done();
  };
}

/** Node says that this socket's request took too long, and does not look at it again. True where it may go on; then it is watched here. */
export function mayGoOn(socket: Socket, refuse: () => void): boolean {
  const upload = uploads.get(socket);
  if (!upload) return false;
  watch(socket, upload, refuse);
  return true;
}

function watch(socket: Socket, { request, patience }: Upload, refuse: () => void): void {
  const { everyMs, leastBytes, longestMs } = patience;
  const endsAt = performance.now() + longestMs;
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const brought = socket.bytesRead - seen;
    seen = socket.bytesRead;
    if (!request.complete && !socket.destroyed) {
      if (brought >= leastBytes && performance.now() < endsAt) return;
      refuse();
    }
    clearInterval(timer);
  }, everyMs);
  timer.unref();
}
