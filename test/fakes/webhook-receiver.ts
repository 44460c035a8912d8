import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll } from "vitest";

export type Received = { path: string; id: string; headers: Record<string, string>; body: string };

type Answer = (response: ServerResponse, request: Received) => void | Promise<void>;

export type WebhookReceiver = {
  url: (path: string) => string;
  received: Received[];
  /** What the receiver answers from now on; 200 where not said. */
  answer: (path: string, how: Answer) => void;
};

/** A customer's server on loopback. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const answers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = request.url ?? "/";
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const one = { path, id: headers["webhook-id"] ?? "", headers, body };
      received.push(one);
      const answer = answers.get(path);
      if (answer) return answer(response, one);
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    received,
    answer: (path, how) => void answers.set(path, how),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
