import { expect, test } from "vitest";
import { createServer } from "../../../server/api/http/create-server.ts";

const app = createServer({ logLevel: "silent", trustProxy: false });
app.post("/echo", async (request) => ({ text: request.body }));

const long = (text: string) => text.repeat(2_000);
app.get("/broken", async (_request, reply) => reply.type("text/plain; charset=utf-8").send(`${long("č")}\ud800`));

test.each([
  ["plain letters", long("Anna ")],
  ["accents that fit one byte", long("Sofía Müller ")],
  ["other scripts and emoji", long("Привет, मैं 😀 ")],
  ["one wide letter in a long text", `${long("a")}č`],
  ["a short wide text", "č"],
])("an answer of %s arrives as it was, with its length in bytes", async (_kind, text) => {
  const answer = await app.inject({
    method: "POST",
    url: "/echo",
    payload: JSON.stringify(text),
    headers: { "content-type": "application/json" },
  });
  expect(answer.json()).toEqual({ text });
  expect(Number(answer.headers["content-length"])).toBe(answer.rawPayload.length);
  expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
});

test("half of a surrogate pair becomes the replacement character", async () => {
  const answer = await app.inject("/broken");
  expect(answer.payload).toBe(`${long("č")}\ufffd`);
});
