import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { plainDialect } from "./plain-dialect.ts";
import { mayGoOn } from "./slow-body.ts";

const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

const messages: Record<number, string> = {
  408: "The request took too long to arrive.",
  431: "The request's headers are too large.",
};

/** Time to read the answer in. */
const lingerMs = 1_000;

/** What cannot be read as HTTP at all is refused on the bare socket, in the shape of every other refusal. */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT" && mayGoOn(socket, () => refuse(socket, 408))) return;
  refuse(socket, statuses[error.code ?? ""] ?? 400);
}

function refuse(socket: Socket, status: number): void {
  const requestId = randomUUID();
  const message = messages[status] ?? "This is not an HTTP request we can read.";
  const body = JSON.stringify(plainDialect.present({ kind: "malformed", message }, requestId).body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  // Whoever goes on sending regardless would keep the half that is still open.
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
