import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll } from "vitest";
import { type Json, objectOf } from "../../shared/json.ts";

export type GraphServerCall = {
  method: string;
  /** Without the version: "/106540352242922/messages". */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** Parsed where it is JSON. */
  json: Record<string, unknown>;
  bytes: Buffer;
};

export type GraphServerAnswer = { status?: number; headers?: Record<string, string>; body: Json | Buffer };

/** Answers, or takes the response into its own hands (slow, broken, cut off) and returns nothing. */
export type GraphRoute = (
  call: GraphServerCall,
  response: ServerResponse,
) => GraphServerAnswer | undefined | Promise<GraphServerAnswer | undefined>;

export type GraphServer = {
  /** As WHATSAPP_GRAPH_URL takes it. */
  url: string;
  calls: GraphServerCall[];
  /** "POST /106540352242922/messages"; "*" stands for one part of the path. The latest that fits answers. */
  on: (route: string, answer: GraphRoute) => void;
};

/** Meta's Graph API on loopback. A call that no route fits is refused as Meta refuses an unknown path, and fails the test's look at `calls`. */
export async function graphServer(routes: Record<string, GraphRoute> = {}): Promise<GraphServer> {
  const calls: GraphServerCall[] = [];
  const known = new Map(Object.entries(routes));
  const server = createServer((request, response) => {
    void serve(request, response, known, calls).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    on(route, answer) {
      known.delete(route);
      known.set(route, answer);
    },
  };
}

/** A refusal as Meta words it. */
export function graphRefusal(status: number, code: number, message = `Error ${code}`): GraphServerAnswer {
  return { status, body: { error: { message, type: "OAuthException", code, fbtrace_id: "AXsgnV2Cm3ZMGF3dF_cfYIn" } } };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Map<string, GraphRoute>,
  calls: GraphServerCall[],
): Promise<void> {
  const call = await readCall(request);
  calls.push(call);
  const route = routeFor(routes, call);
  const answer = route
    ? await route(call, response)
    : graphRefusal(400, 2500, `Unknown path components: ${call.method} ${call.path}`);
  if (!answer) return;
  const isBinary = Buffer.isBuffer(answer.body);
  response.writeHead(answer.status ?? 200, {
    ...(isBinary ? {} : { "content-type": "application/json; charset=UTF-8" }),
    ...answer.headers,
  });
  response.end(isBinary ? answer.body : JSON.stringify(answer.body));
}

async function readCall(request: IncomingMessage): Promise<GraphServerCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const url = new URL(request.url ?? "/", "http://graph");
  return {
    method: request.method ?? "",
    path: url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, ""),
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    json: /json/.test(request.headers["content-type"] ?? "") ? (objectOf(JSON.parse(bytes.toString())) ?? {}) : {},
    bytes,
  };
}

function routeFor(routes: Map<string, GraphRoute>, { method, path }: GraphServerCall): GraphRoute | undefined {
  const fits = (route: string) => {
    const [wantedMethod, wantedPath = ""] = route.split(" ");
    const wanted = wantedPath.split("/");
    const given = path.split("/");
    return (
      wantedMethod === method &&
      wanted.length === given.length &&
      wanted.every((part, index) => part === "*" || part === given[index])
    );
  };
  return [...routes].findLast(([route]) => fits(route))?.[1];
}
