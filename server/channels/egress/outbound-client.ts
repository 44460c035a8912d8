import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { TLSSocket } from "node:tls";
import { checkOutboundUrl } from "../../domain/outbound-addresses/check-outbound-url.ts";
import type { OutboundPolicy } from "../../domain/outbound-addresses/outbound-policy.ts";
import { AddressRefused, guardedLookup, type Resolve, resolveAll } from "./guarded-lookup.ts";
import { readBounded } from "./read-bounded.ts";

export type OutboundRequest = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** For the whole exchange, connecting included. */
  timeoutMs: number;
  /** What is read of the answer; the rest is thrown away and the answer says so. */
  maxBytes: number;
  /** Asked once at most, over a connection of its own: for what costs money each time. */
  once?: true;
};

export type OutboundAnswer =
  /** A redirect is an answer like any other: nobody is followed anywhere. */
  | { kind: "answered"; status: number; headers: http.IncomingHttpHeaders; body: Buffer; truncated: boolean }
  /** Not sent: the address is not one we call. */
  | { kind: "refused"; why: string }
  /** No whole answer came; where a connection stood (`reached`), the other side may have acted nevertheless. */
  | { kind: "failed"; why: string; reached: boolean };

export type OutboundClient = {
  send: (request: OutboundRequest) => Promise<OutboundAnswer>;
  close: () => void;
};

export type OutboundClientOptions = { resolve?: Resolve; connectionsPerHost?: number };

/** Calls addresses that people outside have named. Connections are kept and used again; each was judged when it was made. */
export function createOutboundClient(policy: OutboundPolicy, options: OutboundClientOptions = {}): OutboundClient {
  const { resolve = resolveAll, connectionsPerHost = 50 } = options;
  const agentOptions = {
    keepAlive: true,
    maxSockets: connectionsPerHost,
    maxFreeSockets: 256,
    timeout: 30_000,
    ...(policy.allowPrivate ? {} : { lookup: guardedLookup(resolve) }),
  };
  const kept = agentsOf(agentOptions);
  const single = agentsOf({ ...agentOptions, keepAlive: false });
  const sendOver = (url: URL, request: OutboundRequest, signal: AbortSignal) => {
    const agents = request.once ? single : kept;
    return url.protocol === "https:"
      ? https.request(url, { ...requestOptions(request), agent: agents["https:"], signal })
      : http.request(url, { ...requestOptions(request), agent: agents["http:"], signal });
  };
  return {
    async send(request) {
      const checked = checkOutboundUrl(request.url, policy);
      if (!checked.ok) return { kind: "refused", why: `The address ${checked.why}.` };
      const { url } = checked;
      const signal = AbortSignal.timeout(request.timeoutMs);
      const answer = await exchange(sendOver(url, request, signal), request, signal);
      // The other side closed a kept connection just as we used it; that says nothing of the request.
      return answer === "stale" ? lastWord(await exchange(sendOver(url, request, signal), request, signal)) : answer;
    },
    close() {
      for (const { "http:": plain, "https:": secure } of [kept, single]) {
        plain.destroy();
        secure.destroy();
      }
    },
  };
}

function agentsOf(options: https.AgentOptions) {
  return { "http:": new http.Agent(options), "https:": new https.Agent(options) };
}

function requestOptions({ method, headers, body }: OutboundRequest) {
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return { method, headers: { "user-agent": "Rapport", accept: "*/*", ...headers, ...length } };
}

function exchange(
  outgoing: ClientRequest,
  { body, maxBytes, timeoutMs }: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundAnswer | "stale"> {
  return new Promise((resolve) => {
    let answered = false;
    let reached = false;
    const fail = (error: unknown) => {
      if (error instanceof AddressRefused) return resolve({ kind: "refused", why: `The address ${error.message}.` });
      if (signal.aborted) return resolve({ kind: "failed", why: `No answer within ${timeoutMs} ms.`, reached });
      const stale = !answered && outgoing.reusedSocket && codeOf(error) === "ECONNRESET";
      return resolve(stale ? "stale" : { kind: "failed", why: reasonOf(error), reached });
    };
    outgoing.on("error", fail);
    outgoing.on("socket", (socket) => {
      if (outgoing.reusedSocket) reached = true;
      // Before a secure connection stands, nothing of the request has left.
      else socket.once(socket instanceof TLSSocket ? "secureConnect" : "connect", () => (reached = true));
    });
    outgoing.on("response", (incoming: IncomingMessage) => {
      answered = true;
      readBounded(incoming, maxBytes).then(
        (read) => resolve({ kind: "answered", status: incoming.statusCode ?? 0, headers: incoming.headers, ...read }),
        fail,
      );
    });
    outgoing.end(body);
  });
}

function lastWord(answer: OutboundAnswer | "stale"): OutboundAnswer {
  return answer === "stale" ? { kind: "failed", why: "The connection was reset.", reached: true } : answer;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function reasonOf(error: unknown): string {
  // Several addresses tried in vain come as one error without words of its own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  if (!(error instanceof Error)) return String(error);
  return error.message || (codeOf(error) ?? error.name);
}
