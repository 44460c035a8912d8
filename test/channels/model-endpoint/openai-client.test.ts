import { afterAll, describe, expect, test } from "vitest";
import { createOutboundClient } from "../../../server/channels/egress/outbound-client.ts";
import { createModelClient } from "../../../server/channels/model-endpoint/openai-client.ts";
import { webhookReceiver } from "../../fakes/webhook-receiver.ts";

const receiver = await webhookReceiver();
const outbound = createOutboundClient({ allowPrivate: true, httpsOnly: false });
afterAll(() => outbound.close());
const ask = createModelClient(outbound);

const request = (base: string) => ({
  url: base,
  key: null,
  model: "m",
  messages: [{ role: "user" as const, content: "Hello" }],
  maxTokens: 10,
  timeoutMs: 5_000,
});
const answer = { choices: [{ message: { content: "{}" } }], usage: { prompt_tokens: 7, completion_tokens: 2 } };

describe("a model's endpoint", () => {
  test("that answers is charged by what it counted", async () => {
    receiver.answer("/good/chat/completions", (response) => void response.end(JSON.stringify(answer)));
    expect(await ask(request(receiver.url("/good")))).toEqual({
      kind: "answered",
      text: "{}",
      inputTokens: 7,
      outputTokens: 2,
    });
  });

  test("that hangs up after the question is asked once, and may have charged for it", async () => {
    receiver.answer("/good/chat/completions", (response) => void response.end(JSON.stringify(answer)));
    receiver.answer("/cut/chat/completions", (response) => void response.socket?.destroy());
    for (let call = 0; call < 3; call += 1) await ask(request(receiver.url("/good")));
    expect(await ask(request(receiver.url("/cut")))).toMatchObject({ kind: "failed", mayCost: true });
    expect(receiver.received.filter(({ path }) => path.startsWith("/cut"))).toHaveLength(1);
  });

  test("that nobody reaches costs nothing", async () => {
    expect(await ask(request("http://127.0.0.1:1"))).toMatchObject({ kind: "failed", mayCost: false });
  });
});
