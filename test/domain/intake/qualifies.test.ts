import { expect, test } from "vitest";
import { qualifies } from "../../../server/domain/intake/qualifies.ts";

const budget = { amount: "5000", currency: "USD" };

test.each<[Parameters<typeof qualifies>[0], boolean, string]>([
  [{ score: 75, intents: [] }, true, "score 75"],
  [{ score: 100, intents: [], budget }, true, "score 100"],
  [{ score: 74, intents: [] }, false, "score 74 is below 75"],
  [{ score: 0, intents: ["buy"], budget }, true, "wants to buy, budget 5000 USD"],
  [{ score: 0, intents: ["buy"], budget: { amount: "5000" } }, true, "wants to buy, budget 5000"],
  [
    { score: 0, intents: ["buy"], budget: { amount: "20000.0000", currency: "USD" } },
    true,
    "wants to buy, budget 20000 USD",
  ],
  [{ score: 0, intents: ["buy"], budget: { amount: "19.5000" } }, true, "wants to buy, budget 19.5"],
  [{ score: 20, intents: ["urgent", "pricing"], budget }, true, "asked for pricing, budget 5000 USD"],
  [{ score: 20, intents: ["demo"], budget }, true, "asked for demo, budget 5000 USD"],
  [{ score: 60, intents: ["buy"] }, false, "score 60 is below 75, wants to buy but named no budget"],
  [{ score: 60, intents: ["pricing", "demo"] }, false, "score 60 is below 75"],
  [
    { score: 60, intents: ["human", "urgent", "resources"], budget },
    false,
    "score 60 is below 75, budget 5000 USD but no wish to buy",
  ],
  [{ score: 60, intents: [], budget: undefined }, false, "score 60 is below 75"],
])("%j", (input, qualified, why) => {
  expect(qualifies(input)).toEqual({ qualified, why });
});
