import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { createServer } from "../../../server/api/http/create-server.ts";
import { allowSlowBody } from "../../../server/api/http/slow-body.ts";

const app = createServer({ logLevel: "silent", trustProxy: false });
app.post("/text", async () => ({ done: true }));
app.register(async (scope) => {
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  scope.addHook("onRequest", allowSlowBody({ everyMs: 400, leastBytes: 100, longestMs: 2_500 }));
  scope.post<{ Body: Buffer }>("/file", async ({ body }) => ({ bytes: body.length }));
});
Object.assign(app.server, { requestTimeout: 300, headersTimeout: 300, connectionsCheckingInterval: 100 });
const address = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
afterAll(() => app.close());

/** Sends so many pieces of a body, a hundred milliseconds apart; what comes back, and when the socket was closed. */
async function trickle(path: string, { pieces, size, of = pieces }: { pieces: number; size: number; of?: number }) {
  const socket = connect(Number(address.port), address.hostname);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString();
  });
  socket.on("error", () => {});
  const began = performance.now();
  const closed = once(socket, "close").then(() => performance.now() - began);
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: ${of * size}\r\n\r\n`);
  for (let piece = 0; piece < pieces && !socket.destroyed && text === ""; piece += 1) {
    socket.write("x".repeat(size));
    await pause(100);
  }
  return { socket, closed, text: () => text };
}

test("a file that keeps coming takes longer than other requests may", async () => {
  const { socket, text } = await trickle("/file", { pieces: 12, size: 100 });
  await expect.poll(text).toContain('{"bytes":1200}');
  socket.destroy();
});

test("a body for another route does not", async () => {
  const { text, closed } = await trickle("/text", { pieces: 20, size: 100 });
  expect(text()).toMatch(/^HTTP\/1.1 408 /);
  expect(await closed).toBeLessThan(3_000);
});

test.each([
  ["brings too little", { pieces: 30, size: 1 }, 1_500],
  ["stops", { pieces: 4, size: 200, of: 30 }, 2_000],
  ["never ends", { pieces: 40, size: 100 }, 3_700],
])("a file that %s is refused and its socket closed", async (_what, pieces, withinMs) => {
  const { text, closed } = await trickle("/file", pieces);
  await expect.poll(text, { timeout: withinMs }).toMatch(/^HTTP\/1.1 408 /);
  expect(await closed).toBeLessThan(withinMs + 1_500);
});

test("the next request on the same socket is not a file for having followed one", async () => {
  const { socket, text } = await trickle("/file", { pieces: 2, size: 100 });
  await expect.poll(text).toContain('{"bytes":200}');
  socket.write("POST /text HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\nx");
  await expect.poll(text, { timeout: 1_500 }).toContain("HTTP/1.1 408 ");
  socket.destroy();
});
