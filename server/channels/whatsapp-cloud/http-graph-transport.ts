import http from "node:http";
import https from "node:https";
import { jsonOf } from "../../../shared/json.ts";
import { guardedLookup, resolveAll } from "../egress/guarded-lookup.ts";
import {
  type GraphAnswer,
  GraphAnswerLost,
  GraphFileTooLarge,
  GraphNotReached,
  type GraphRequest,
  type GraphTransport,
} from "./graph-transport.ts";
import { type Agents, exchange, type HttpAnswer } from "./http-exchange.ts";
import { isMediaAddress } from "./media-hosts.ts";
import { multipartBody } from "./multipart-body.ts";
import { parseJsonKeepingBigIntegers } from "./parse-json.ts";

/** Raised by hand after reading Meta's change log; a base address that names a version keeps its own. */
const graphVersion = "v25.0";

const callTimeoutMs = 20_000;
const uploadTimeoutMs = 120_000;
const downloadTimeoutMs = 90_000;
const maxAnswerBytes = 4 * 1024 * 1024;

/** The Graph API over HTTP with kept connections. `graphUrl` is the base address, with or without a version. */
export function httpGraphTransport(graphUrl: string): GraphTransport & { close: () => void } {
  const base = new URL(/\/v\d+\.\d+$/.test(graphUrl) ? graphUrl : `${graphUrl}/${graphVersion}`);
  const agents = openAgents({});
  // Addresses of media come from outside: even an allowed name must not lead into our own network.
  const mediaAgents = openAgents({ lookup: guardedLookup(resolveAll) });
  return {
    call: (request) => call(base, agents, request),
    async download(address, { accessToken, maxBytes, timeoutMs = downloadTimeoutMs }) {
      const url = new URL(address, base);
      if (!isMediaAddress(address, base))
        throw new GraphNotReached(`${url.host} is not one of WhatsApp's media hosts.`);
      const request = { method: "GET", url, headers: headersOf(accessToken), timeoutMs, maxBytes };
      const answer = await exchange(request, url.origin === base.origin ? agents : mediaAgents);
      if (answer.truncated) throw new GraphFileTooLarge(`The file is larger than ${maxBytes} bytes.`);
      return { bytes: answer.body, mimeType: answer.headers["content-type"] ?? null, status: answer.status };
    },
    close() {
      for (const agent of [agents, mediaAgents]) {
        agent.http.destroy();
        agent.https.destroy();
      }
    },
  };
}

async function call(base: URL, agents: Agents, request: GraphRequest): Promise<GraphAnswer> {
  const url = new URL(`${base.pathname.replace(/\/$/, "")}${request.path}`, base);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const { contentType, body } = bodyOf(request);
  const answer = await exchange(
    {
      method: request.method,
      url,
      headers: {
        ...headersOf(request.accessToken),
        ...(request.upload ? uploadHeaders(request) : {}),
        ...(contentType === undefined ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { body }),
      timeoutMs: request.timeoutMs ?? (request.form || request.upload ? uploadTimeoutMs : callTimeoutMs),
      maxBytes: maxAnswerBytes,
    },
    agents,
  );
  return { status: answer.status, headers: flatHeaders(answer), body: jsonIn(answer) };
}

function openAgents(options: https.AgentOptions): Agents {
  const all = { keepAlive: true, maxSockets: 256, maxFreeSockets: 64, timeout: 30_000, ...options };
  return { http: new http.Agent(all), https: new https.Agent(all) };
}

function headersOf(accessToken: string | undefined): Record<string, string> {
  const common = { "user-agent": "Rapport", accept: "*/*" };
  return accessToken === undefined ? common : { ...common, authorization: `Bearer ${accessToken}` };
}

/** Resumable uploads know no "Bearer". */
function uploadHeaders({ accessToken = "" }: GraphRequest): Record<string, string> {
  return { authorization: `OAuth ${accessToken}`, file_offset: "0" };
}

function bodyOf(request: GraphRequest): { contentType?: string; body?: Buffer } {
  if (request.form) return multipartBody(request.form);
  if (request.upload) return { contentType: "application/octet-stream", body: Buffer.from(request.upload) };
  if (request.body === undefined) return {};
  return { contentType: "application/json", body: Buffer.from(JSON.stringify(request.body)) };
}

function flatHeaders({ headers }: HttpAnswer): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

/** A 4xx of a proxy proves a refusal whatever it says; an unreadable success or 5xx proves nothing. */
function jsonIn(answer: HttpAnswer): GraphAnswer["body"] {
  const text = answer.body.toString("utf8");
  const parsed = parseJsonKeepingBigIntegers(text);
  if (parsed.ok && !answer.truncated) return jsonOf(parsed.value);
  if (answer.status >= 400 && answer.status < 500) return text.slice(0, 500);
  throw new GraphAnswerLost(`WhatsApp answered ${answer.status} with what is no JSON.`);
}
