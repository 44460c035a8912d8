import { afterAll, describe, expect, test } from "vitest";
import { createOutboundClient } from "../../../server/channels/egress/outbound-client.ts";
import { webhookReceiver } from "../../fakes/webhook-receiver.ts";

const receiver = await webhookReceiver();
const open = createOutboundClient({ allowPrivate: true, httpsOnly: false });
afterAll(() => open.close());

const request = { method: "POST", timeoutMs: 20_000, maxBytes: 1_000 } as const;

describe("a guarded client", () => {
  test.each([
    ["loopback", ["127.0.0.1"]],
    ["one inner address among public ones", ["93.184.216.34", "10.0.0.1"]],
    ["the metadata service", ["169.254.169.254"]],
    ["an IPv4 address in IPv6 clothes", ["::ffff:127.0.0.1"]],
  ])("does not connect to a name that resolves to %s", async (_name, addresses) => {
    const guarded = createOutboundClient(
      { allowPrivate: false, httpsOnly: false },
      {
        resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      },
    );
    expect(await guarded.send({ ...request, url: "http://hook.localtest.example/" })).toEqual({
      kind: "refused",
      why: "The address hook.localtest.example leads into a private network.",
    });
    guarded.close();
  });

  test("asks for the name at each connection, so that a first good answer opens nothing", async () => {
    const answers = [["203.0.113.1"], ["127.0.0.1"]];
    let asked = 0;
    const guarded = createOutboundClient(
      { allowPrivate: false, httpsOnly: false },
      {
        resolve: async () => {
          asked += 1;
          return (answers.shift() ?? ["127.0.0.1"]).map((address) => ({ address, family: 4 }));
        },
      },
    );
    for (let call = 0; call < 2; call += 1)
      expect(await guarded.send({ ...request, url: "http://rebinding.example/" })).toMatchObject({ kind: "refused" });
    expect(asked).toBe(2);
    guarded.close();
  });

  test("says that a name does not exist", async () => {
    const guarded = createOutboundClient(
      { allowPrivate: false, httpsOnly: false },
      { resolve: () => Promise.reject(new Error("getaddrinfo ENOTFOUND nowhere.example")) },
    );
    expect(await guarded.send({ ...request, url: "http://nowhere.example/" })).toEqual({
      kind: "failed",
      why: "getaddrinfo ENOTFOUND nowhere.example",
      reached: false,
    });
    guarded.close();
  });
});

describe("an exchange", () => {
  test("follows no redirect", async () => {
    receiver.answer(
      "/redirect",
      (response) => void response.writeHead(307, { location: receiver.url("/target") }).end(),
    );
    expect(await open.send({ ...request, url: receiver.url("/redirect"), body: "x" })).toMatchObject({
      kind: "answered",
      status: 307,
    });
    expect(receiver.received.some(({ path }) => path === "/target")).toBe(false);
  });

  test("reads no more than it is told to", async () => {
    receiver.answer("/long", (response) => void response.end("x".repeat(1_000_000)));
    const answer = await open.send({ ...request, url: receiver.url("/long") });
    expect(answer).toMatchObject({ kind: "answered", status: 200, truncated: true });
    expect(answer.kind === "answered" && answer.body.length).toBe(1_000);
  });

  test.each([
    ["never begins", () => {}],
    [
      "never ends",
      (response: { write: (text: string) => void }) => {
        response.write("a");
      },
    ],
  ])("with an answer that %s ends in time", async (name, how) => {
    const path = `/${name.replaceAll(" ", "-")}`;
    receiver.answer(path, how);
    expect(await open.send({ ...request, url: receiver.url(path), timeoutMs: 200 })).toEqual({
      kind: "failed",
      why: "No answer within 200 ms.",
      reached: true,
    });
  });

  test("says that nobody listens", async () => {
    expect(await open.send({ ...request, url: "http://127.0.0.1:1/" })).toMatchObject({
      kind: "failed",
      reached: false,
    });
  });

  test("that must not be repeated goes over a connection of its own, and says that it may have arrived", async () => {
    receiver.answer("/kept", (response) => void response.end("ok"));
    receiver.answer("/cut", (response) => void response.socket?.destroy());
    const url = receiver.url("/kept");
    for (let call = 0; call < 3; call += 1) expect(await open.send({ ...request, url })).toMatchObject({ status: 200 });
    const answer = await open.send({ ...request, url: receiver.url("/cut"), body: "x", once: true });
    expect(answer).toMatchObject({ kind: "failed", reached: true });
    expect(receiver.received.filter(({ path }) => path === "/cut")).toHaveLength(1);
  });

  test("goes over again when a kept connection was closed meanwhile", async () => {
    const headers = { "content-type": "text/plain" };
    receiver.answer("/once", (response) => {
      response.setHeader("connection", "keep-alive");
      response.end("ok", () => response.socket?.destroy());
    });
    for (let call = 0; call < 20; call += 1) {
      const answer = await open.send({ ...request, url: receiver.url("/once"), body: String(call), headers });
      expect(answer).toMatchObject({ kind: "answered", status: 200 });
    }
  });
});
