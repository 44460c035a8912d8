import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createServer } from "../../../server/api/http/create-server.ts";
import { allowSlowBody } from "../../../server/api/http/slow-body.ts";

const everyMs = 400;
const longestMs = 2_500;

const app = createServer({ logLevel: "silent", trustProxy: false });
app.post("/text", async () => ({ done: true }));
app.register(async (scope) => {
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  scope.addHook("onRequest", allowSlowBody({ everyMs, leastBytes: 100, longestMs }));
  scope.post<{ Body: Buffer }>("/file", async ({ body }) => ({ bytes: body.length }));
});
Object.assign(app.server, { requestTimeout: 300, headersTimeout: 300, connectionsCheckingInterval: 100 });
const arrived = new Map<number | undefined, Socket>();
app.server.on("connection", (socket) => arrived.set(socket.remotePort, socket));
const address = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
afterAll(() => app.close());

// The patience with a body goes by the test's clock, which no busy machine delays; a request's usual time stays Node's own.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  return () => vi.useRealTimers();
});

async function post(path: string, length: number) {
  const socket = connect(Number(address.port), address.hostname);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString();
  });
  socket.on("error", () => {});
  const closed = once(socket, "close");
  let written = 0;
  const write = async (words: string) => {
    written += words.length;
    socket.write(words);
    await expect.poll(() => arrived.get(socket.localPort)?.bytesRead).toBe(written);
  };
  await write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: ${length}\r\n\r\n`);
  return { socket, closed, text: () => text, write, bring: (bytes: number) => write("x".repeat(bytes)) };
}

/** Until Node has found that the request takes longer than requests may, and it is watched as a file. */
async function watched(): Promise<void> {
  await expect.poll(() => vi.getTimerCount()).toBe(1);
}

test("a file that keeps coming takes longer than other requests may", async () => {
  const { socket, text, bring } = await post("/file", 500);
  await watched();
  for (let piece = 0; piece < 4; piece += 1) {
    await bring(100);
    vi.advanceTimersByTime(everyMs);
  }
  await bring(100);
  await expect.poll(text).toContain('{"bytes":500}');
  vi.advanceTimersByTime(everyMs);
  expect(vi.getTimerCount()).toBe(0);
  socket.destroy();
});

test("a body for another route does not", async () => {
  const { text, closed } = await post("/text", 1_000);
  await closed;
  expect(text()).toMatch(/^HTTP\/1.1 408 /);
});

test.each([
  ["brings too little", [100, 99]],
  ["stops", [100, 200, 0]],
  ["never ends", Array.from({ length: Math.ceil(longestMs / everyMs) }, () => 100)],
])("a file that %s is refused and its socket closed", async (_what, pieces) => {
  const { text, closed, bring } = await post("/file", 10_000);
  await watched();
  for (const [index, bytes] of pieces.entries()) {
    await bring(bytes);
    vi.advanceTimersByTime(everyMs);
    // Only the last look ends the watch.
    expect(vi.getTimerCount()).toBe(index === pieces.length - 1 ? 0 : 1);
  }
  await closed;
  expect(text()).toMatch(/^HTTP\/1.1 408 /);
});

test("the next request on the same socket is not a file for having followed one", async () => {
  const { socket, text, write, bring } = await post("/file", 200);
  await bring(200);
  await expect.poll(text).toContain('{"bytes":200}');
  await write("POST /text HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\nx");
  await expect.poll(text).toContain("HTTP/1.1 408 ");
  expect(vi.getTimerCount()).toBe(0);
  socket.destroy();
});
