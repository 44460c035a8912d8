import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { AddressRefused } from "../egress/guarded-lookup.ts";
import { readBounded } from "../egress/read-bounded.ts";
import { GraphAnswerLost, GraphNotReached } from "./graph-transport.ts";

export type HttpRequest = {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Buffer;
  /** For the whole exchange, connecting included. */
  timeoutMs: number;
  maxBytes: number;
};

export type HttpAnswer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer; truncated: boolean };

export type Agents = { http: http.Agent; https: https.Agent };

/** One request over kept connections. Rejects with GraphNotReached only where no byte of it can have left this machine. */
export function exchange(request: HttpRequest, agents: Agents): Promise<HttpAnswer> {
  const isSecure = request.url.protocol === "https:";
  const { method, url, body } = request;
  const headers = {
    ...request.headers,
    ...(body === undefined ? {} : { "content-length": String(body.length) }),
  };
  const outgoing = isSecure
    ? https.request(url, { method, headers, agent: agents.https })
    : http.request(url, { method, headers, agent: agents.http });
  const state = followConnection(outgoing, isSecure ? "secureConnect" : "connect");
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(
      () => outgoing.destroy(new Error(`No answer within ${request.timeoutMs} ms.`)),
      request.timeoutMs,
    );
    const fail = (error: unknown) => {
      clearTimeout(deadline);
      reject(state.mayHaveLeft ? new GraphAnswerLost(reasonOf(error)) : new GraphNotReached(reasonOf(error)));
    };
    outgoing.on("error", fail);
    outgoing.on("response", (incoming: IncomingMessage) => {
      readBounded(incoming, request.maxBytes).then((read) => {
        clearTimeout(deadline);
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, ...read });
      }, fail);
    });
    outgoing.end(body);
  });
}

/** Node holds the request back until the connection stands, TLS included; from then on bytes may be out. */
function followConnection(outgoing: ClientRequest, ready: "connect" | "secureConnect"): { mayHaveLeft: boolean } {
  const state = { mayHaveLeft: false };
  outgoing.on("socket", (socket) => {
    if (outgoing.reusedSocket) state.mayHaveLeft = true;
    else
      socket.once(ready, () => {
        state.mayHaveLeft = true;
      });
  });
  return state;
}

function reasonOf(error: unknown): string {
  // Several addresses tried in vain come as one error without words of its own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  if (error instanceof AddressRefused) return `The address was refused: ${error.message}.`;
  return error instanceof Error ? error.message : String(error);
}
