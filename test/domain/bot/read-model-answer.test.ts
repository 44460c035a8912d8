import { describe, expect, test } from "vitest";
import { readModelAnswer } from "../../../server/domain/bot/read-model-answer.ts";
import { turnFacts } from "./turn-facts.ts";

const facts = turnFacts({
  says: "Hi, I'm Ana from Sun Dental, ana@sun.example",
  knowledge: [{ question: "Book?", answer: "Book at https://sun.example/book or +49 (30) 55501234" }],
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

  test.each([
    "Book at https://sun.example/book.",
    "Book at sun.example/book!",
    "You find us at sun.example.",
    "Call us: +49 30 5550-1234.",
    "Our number is 030 55501234",
    "We open at 9.30 and close at 17.30.",
    "We are there from 09:00 to 17:30, on 30.11.2026 and 2026-12-01.",
    "Mon-Fri 09.30 - 17.30, in 2026-2027 too",
    "For dentists, e.g. Dr.Smith, i.e. you.It is easy.",
    "z.B. eine Praxis, d.h. Sie.",
    "It costs $1,200,000.00 or 12.500,00 € a year, 1 200 000 EUR with everything.",
    "Ask for v1.2.3 of Node.js or the brochure.pdf",
    "It is $0.0068 a message, 20 $ a month",
    "Yes and/or no. 24/7!",
  ])("may say %j", (reply) => {
    expect(readModelAnswer(answer({ reply }), facts)).toBeDefined();
  });

  test.each([
    "evil.com/pay",
    "Pay at evil.com.",
    "EVIL.COM",
    "see bit.ly/abc",
    "see pay.evil.xyz/?a=1",
    "go to evil.io now",
    "evil.co.uk",
    "evil.example/pay",
    "[here](evil.com)",
    "ev\u200bil.com",
    "evil．com",
    "müller-evil.de",
    "1.2.3.4/pay",
    "ftp://files",
    "notsun.example/book",
    "sun.example.evil.com",
    "sun.example/bookings",
    "Call +1 900 555 0000",
    "call 900-555-0000",
    "call (900) 555 0000",
    "ruf 0900 123456 an",
    "appelez 01 23 45 67 89",
    "llama al 612 345 678",
    "call 00499005550000",
    "call $1 900 555 0000",
    "कॉल करें ९००५५५००००",
  ])("must not say %j", (reply) => {
    expect(readModelAnswer(answer({ reply }), facts)).toBeUndefined();
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
