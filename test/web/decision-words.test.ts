import { describe, expect, test } from "vitest";
import type { SendDecision } from "../../shared/v1/sending.ts";
import { priceWords } from "../../web/features/composer/decision-words.ts";

const costing = (amount: number): SendDecision => ({
  ...{ outcome: "allowed", by: "template", obstacle: null, at: null, reason: "" },
  price: { amount, currency: "USD", category: "utility", free: null, basis: "list" },
  ...{ warnings: [], alternatives: [], outside_window: true },
});

describe("the price of a message", () => {
  test.each([
    [0.0068, "$0.0068 a message"],
    [0.025, "$0.025 a message"],
    [0.05, "$0.05 a message"],
    [0.1365, "$0.1365 a message"],
    [1, "$1.00 a message"],
    [0, "Free"],
  ])("of %d is said as %j", (amount, words) => {
    expect(priceWords(costing(amount))).toBe(words);
  });
});
