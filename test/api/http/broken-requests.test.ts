import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { testApp } from "../../harness/test-app.ts";

const { app, listen } = await testApp();
const address = new URL(await listen());

const paths: [path: string, type: string, keys: string[]][] = [
  ["/api/crm/contact/%ff", "application/json", ["status", "success", "message", "detail", "request_id"]],
  ["/chatbot/api/crm/contact/%ff", "application/json", ["status", "message", "request_id"]],
  ["/v1/contacts/%ff", "application/problem+json", ["type", "title", "status", "detail", "request_id"]],
  [`/v1/contacts/${"9".repeat(600)}`, "application/problem+json", ["type", "title", "status", "detail", "request_id"]],
];

test.each(paths)("%.40s is refused in the shape of its surface", async (url, type, keys) => {
  const answer = await app.inject(url);
  expect([400, 404, 414]).toContain(answer.statusCode);
  expect(answer.headers["content-type"]).toContain(type);
  expect(Object.keys(answer.json())).toEqual(keys);
  expect(answer.headers["x-request-id"]).toBe(answer.json().request_id);
});

const broken: [what: string, bytes: string, status: number][] = [
  ["no HTTP at all", "hello\r\n\r\n", 400],
  ["a header of 20 kB", `GET /health HTTP/1.1\r\nhost: x\r\nx-big: ${"y".repeat(20_000)}\r\n\r\n`, 431],
  ["a length that is none", "POST /api/crm/deals HTTP/1.1\r\nhost: x\r\ncontent-length: abc\r\n\r\n", 400],
];

test.each(broken)("%s is refused with a request id", async (_what, bytes, status) => {
  const socket = connect(Number(address.port), address.hostname);
  socket.end(bytes);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString();
  });
  await once(socket, "close");
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(text.slice(text.indexOf("{")))).toMatchObject({ status: "error", request_id: expect.any(String) });
});

test("the health check answers below the chatbot's prefix and to HEAD", async () => {
  expect((await app.inject("/chatbot/health")).json()).toMatchObject({ status: "healthy", database: "healthy" });
  const head = await app.inject({ method: "HEAD", url: "/health" });
  expect([head.statusCode, head.body]).toEqual([200, ""]);
});
