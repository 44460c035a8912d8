import { apiErrorOf, unreachable } from "./api-error.ts";
import { noteReachable } from "./reachability.ts";

export type RequestOptions = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: object;
  /** Sent as it is, instead of a body. */
  file?: File;
  /** The version the caller saw; the server refuses the change when somebody was faster. */
  ifMatch?: string;
  /** Makes a repeated POST happen once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
};

const usualTimeoutMs = 20_000;

/**
 * The one door to the server. The answer is taken to be of the declared type: page and server are built from one tree, and the
 * server's own tests hold its answers to the same schemas.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  const text = await response.text().catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw apiErrorOf(response.status, parsed(text));
  return JSON.parse(text === "" ? "null" : text);
}

async function send(
  path: string,
  { method = "GET", body, file, ifMatch, idempotencyKey, signal, timeoutMs = usualTimeoutMs }: RequestOptions,
): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (file) headers.set("content-type", file.type || "application/octet-stream");
  if (ifMatch !== undefined) headers.set("if-match", ifMatch);
  if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(file ? { body: file } : {}),
    });
    noteReachable(response.status < 502);
    return response;
  } catch (error) {
    // Left by the reader, not lost on the way: nothing is known about the server.
    if (signal?.aborted) throw error;
    noteReachable(false);
    throw unreachable();
  }
}

/** What a proxy says on its own is often no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
