import { createServer } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { createGraphSender } from "../../../server/channels/whatsapp-cloud/graph-sender.ts";
import {
  GraphAnswerLost,
  GraphFileTooLarge,
  GraphNotReached,
} from "../../../server/channels/whatsapp-cloud/graph-transport.ts";
import { httpGraphTransport } from "../../../server/channels/whatsapp-cloud/http-graph-transport.ts";
import { sealSecret } from "../../../server/domain/accounts/seal-secret.ts";
import type { SendCall } from "../../../server/domain/sends/channel-sender.ts";
import { type GraphRoute, graphRefusal, graphServer } from "../../fakes/graph-server.ts";

const key = Buffer.alloc(32, 5).toString("base64url");
const account = {
  id: 1,
  companyId: 1,
  provider: "whatsapp_cloud",
  externalId: "106540352242922",
  accessTokenSealed: sealSecret(key, "token-1"),
};
const call: SendCall = {
  account,
  to: { phone: "+16505551234" },
  content: { type: "text", text: "Hello" },
  callbackId: "0b5a7f0e-0000-4000-8000-000000000001",
};
const messages = "POST /106540352242922/messages";

async function against(route: GraphRoute) {
  const server = await graphServer({ [messages]: route });
  const transport = httpGraphTransport(server.url);
  afterAll(() => transport.close());
  const upload = async () => ({ kind: "not_sent", why: "no files here" }) as const;
  return { server, transport, sender: createGraphSender(transport, { encryptionKey: key, upload }) };
}

describe("a send over HTTP", () => {
  test("is accepted with the vendor's id, the token in the header and version 25 in the path", async () => {
    const { server, sender } = await against(() => ({
      body: { contacts: [{ input: "+16505551234", wa_id: "16505551234" }], messages: [{ id: "wamid.1" }] },
    }));
    expect(await sender.send(call)).toEqual({ kind: "accepted", providerId: "wamid.1", waId: "16505551234" });
    expect(server.calls[0]?.headers.authorization).toBe("Bearer token-1");
    expect(server.calls[0]?.json.biz_opaque_callback_data).toBe(call.callbackId);
  });

  test("that Meta holds back for quality says so", async () => {
    const { sender } = await against(() => ({
      body: { messages: [{ id: "wamid.2", message_status: "held_for_quality_assessment" }] },
    }));
    expect(await sender.send(call)).toMatchObject({ kind: "accepted", heldForQuality: true });
  });

  test.each([
    [190, 401, "account_auth"],
    [131056, 400, "retry_pair"],
    [130429, 429, "retry_backoff"],
    [131047, 400, "needs_template"],
    [131050, 400, "opted_out_marketing"],
    [132015, 400, "template_paused"],
    [131031, 403, "account_blocked"],
    [131042, 400, "account_setup"],
    [131048, 400, "pause_number"],
  ])("refused with %i is of the class %s", async (code, status, errorClass) => {
    const { sender } = await against(() => graphRefusal(status, code));
    expect(await sender.send(call)).toMatchObject({ kind: "refused", error: { code, class: errorClass } });
  });

  test.each<[string, GraphRoute]>([
    ["cut off", (_call, response) => void response.socket?.destroy()],
    [
      "an answer that is no JSON",
      () => ({ body: Buffer.from("<html>gateway</html>"), headers: { "content-type": "text/html" } }),
    ],
    ["a 503 without words", () => ({ status: 503, body: Buffer.from("") })],
    ["an answer without an id", () => ({ body: { messages: [] } })],
  ])("with %s after the request was out is unknown", async (_name, route) => {
    const { sender } = await against(route);
    expect(await sender.send(call)).toMatchObject({ kind: "unknown" });
  });

  test("without an answer in time is lost, and one that never connected was not sent", async () => {
    const { transport } = await against(() => undefined);
    // As long as a busy machine takes to connect: until then nothing has left.
    const slow = transport.call({ method: "POST", path: "/106540352242922/messages", body: {}, timeoutMs: 3_000 });
    await expect(slow).rejects.toBeInstanceOf(GraphAnswerLost);
    const closed = httpGraphTransport("http://127.0.0.1:1");
    await expect(closed.call({ method: "POST", path: "/1/messages", body: {} })).rejects.toBeInstanceOf(
      GraphNotReached,
    );
    const nowhere = httpGraphTransport("https://graph.invalid");
    await expect(nowhere.call({ method: "POST", path: "/1/messages", body: {} })).rejects.toBeInstanceOf(
      GraphNotReached,
    );
  });

  test("over TLS that is never agreed on was not sent", async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const address = mute.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const transport = httpGraphTransport(`https://127.0.0.1:${port}`);
    const sent = transport.call({ method: "POST", path: "/1/messages", body: {}, timeoutMs: 200 });
    await expect(sent).rejects.toBeInstanceOf(GraphNotReached);
    transport.close();
    mute.close();
  });

  test("over a connection kept from the send before", async () => {
    const { server, sender } = await against(() => ({ body: { messages: [{ id: "wamid.3" }] } }));
    for (let i = 0; i < 3; i += 1) expect(await sender.send(call)).toMatchObject({ kind: "accepted" });
    expect(server.calls).toHaveLength(3);
  });

  test("without a token, or with one sealed by another key, stops the account before anything leaves", async () => {
    const { server, sender } = await against(() => ({ body: {} }));
    for (const accessTokenSealed of [null, sealSecret(Buffer.alloc(32, 6).toString("base64url"), "x")]) {
      const outcome = await sender.send({ ...call, account: { ...account, accessTokenSealed } });
      expect(outcome).toMatchObject({ kind: "refused", error: { class: "account_auth" } });
    }
    expect(server.calls).toEqual([]);
  });
});

test("a read receipt is done, and tells typing where asked", async () => {
  const { server, sender } = await against(() => ({ body: { success: true } }));
  expect(await sender.markRead(account, "wamid.9", { typing: true })).toEqual({ kind: "done" });
  expect(server.calls[0]?.json).toMatchObject({
    status: "read",
    message_id: "wamid.9",
    typing_indicator: { type: "text" },
  });
});

test("a download that does not end in time, or grows beyond what is taken, is lost", async () => {
  const server = await graphServer({
    "GET /slow": (_call, response) => {
      response.write("a");
      return undefined;
    },
    "GET /large": () => ({ body: Buffer.alloc(2_000) }),
  });
  const transport = httpGraphTransport(server.url);
  const options = { accessToken: "token-1", maxBytes: 1_000 };
  const slow = transport.download(`${server.url}/slow`, { ...options, timeoutMs: 3_000 });
  await expect(slow).rejects.toBeInstanceOf(GraphAnswerLost);
  await expect(transport.download(`${server.url}/large`, options)).rejects.toBeInstanceOf(GraphFileTooLarge);
  transport.close();
});

test("a media address elsewhere never gets the token", async () => {
  const { server, transport } = await against(() => ({ body: {} }));
  const options = { accessToken: "token-1", maxBytes: 100 };
  for (const url of [
    "https://evil.example/file",
    "http://lookaside.fbsbx.com/file",
    "https://lookaside.fbsbx.com.evil.example/x",
    "https://user@lookaside.fbsbx.com/x",
    "file:///etc/passwd",
    "https://127.0.0.1/x",
  ])
    await expect(transport.download(url, options)).rejects.toBeInstanceOf(GraphNotReached);
  expect(server.calls).toEqual([]);
});
