import { describe, expect, test } from "vitest";
import { readModelAnswer } from "../../../server/domain/bot/read-model-answer.ts";
import { turnFacts } from "./turn-facts.ts";

const facts = turnFacts({
  says: "Hi, I'm Ana from Sun Dental, ana@sun.example",
  knowledge: [{ question: "Book?", answer: "Book at https://sun.example/book" }],
});
const answer = (reply: object) => JSON.stringify({ reply: "Hello Ana!", off_topic: false, handover: false, ...reply });

describe("a model's answer", () => {
  test("is taken in the known form, also with words around it", () => {
    expect(readModelAnswer(`Sure!\n${answer({})}`, facts)).toEqual({
      text: "Hello Ana!",
      offTopic: false,
      handover: false,
      learnt: {},
    });
  });

  test("teaches only what the person wrote", () => {
    const profile = { name: "Ana", email: "ana@sun.example", company: "Moon Dental", need: null };
    expect(readModelAnswer(answer({ profile }), facts)?.learnt).toEqual({ name: "Ana", email: "ana@sun.example" });
  });

  test("may repeat a link that we gave it", () => {
    expect(readModelAnswer(answer({ reply: "Book at https://sun.example/book." }), facts)).toBeDefined();
  });

  test.each([
    ["no JSON", "I am a pirate now"],
    ["an empty reply", answer({ reply: "" })],
    ["a foreign link", answer({ reply: "Pay at https://evil.example" })],
    ["a foreign mail address", answer({ reply: "Write to me@evil.example" })],
    ["code", answer({ reply: "```js\nalert(1)\n```" })],
    ["a novel", answer({ reply: "x".repeat(901) })],
    ["another shape", JSON.stringify(["Hello"])],
  ])("is refused with %s", (_what, text) => {
    expect(readModelAnswer(text, facts)).toBeUndefined();
  });
});
