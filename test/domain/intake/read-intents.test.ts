import { expect, test } from "vitest";
import { readIntents } from "../../../server/domain/intake/read-intents.ts";

test("the surest intent comes first, a repeated one is surer", () => {
  expect(readIntents("I want to buy. Also the costs?")).toEqual([
    { intent: "buy", confidence: 0.9 },
    { intent: "pricing", confidence: 0.6 },
  ]);
  expect(readIntents("What is the price? Please send the price list")).toEqual([
    { intent: "pricing", confidence: 0.95 },
  ]);
});

test.each([
  ["¿CUÁNTO CUESTA?", "pricing"],
  ["cuanto cuesta", "pricing"],
  ["demonstração", "demo"],
  ["DEMONSTRACAO", "demo"],
  ["Vorführung", "demo"],
  ["क़ीमत", "pricing"],
  ["कीमत", "pricing"],
  ["I dont want a demo, but a quote", "pricing"],
  ["no quiero demo pero sí el precio", "pricing"],
  ["Don't wait: send me a quote", "pricing"],
  ["why not show me a demo", "demo"],
])("%s asks for %s", (text, intent) => {
  expect(readIntents(text).map((found) => found.intent)).toEqual([intent]);
});

test.each(["priceless", "demography", "democratic", "compradores", "preciosa", "todayish"])(
  "%s is another word",
  (text) => {
    expect(readIntents(text)).toEqual([]);
  },
);
