import { listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { ModelAnswer, ModelClient, ModelRequest } from "../../domain/bot/model-client.ts";
import type { OutboundAnswer, OutboundClient } from "../egress/outbound-client.ts";

const longestAnswerBytes = 65_536;

/** Asks a model behind an OpenAI-compatible endpoint; `url` is its base, such as https://models.example.org/v1. */
export function createModelClient(client: OutboundClient): ModelClient {
  return async (request) => {
    const answer = await client.send({
      method: "POST",
      url: `${request.url.replace(/\/+$/, "")}/chat/completions`,
      headers: {
        "content-type": "application/json",
        ...(request.key === null ? {} : { authorization: `Bearer ${request.key}` }),
      },
      body: JSON.stringify(bodyOf(request)),
      timeoutMs: request.timeoutMs,
      maxBytes: longestAnswerBytes,
      once: true,
    });
    return answerOf(answer);
  };
}

function bodyOf({ model, messages, maxTokens }: ModelRequest) {
  return { model, messages, max_tokens: maxTokens, temperature: 0.2, response_format: { type: "json_object" } };
}

function answerOf(answer: OutboundAnswer): ModelAnswer {
  if (answer.kind === "refused") return { kind: "failed", why: answer.why, mayCost: false };
  if (answer.kind === "failed") return { kind: "failed", why: answer.why, mayCost: answer.reached };
  if (answer.status !== 200) return { kind: "failed", why: `the endpoint answered ${answer.status}`, mayCost: false };
  const body = objectOf(parse(answer.body.toString("utf8")));
  const message = objectOf(objectOf(listOf(body?.choices)[0])?.message);
  const text = textOf(message?.content);
  if (text === undefined) return { kind: "failed", why: "the endpoint's answer holds no message", mayCost: true };
  const usage = objectOf(body?.usage);
  return {
    kind: "answered",
    text,
    inputTokens: numberOf(usage?.prompt_tokens) ?? null,
    outputTokens: numberOf(usage?.completion_tokens) ?? null,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
