import { describe, expect, test } from "vitest";
import { decimalOf } from "../../../server/domain/intake/decimal.ts";
import { readProfile } from "../../../server/domain/intake/read-profile.ts";

test.each<[string, number, string | undefined]>([
  ["5000", 0, "5000"],
  ["5.000", 0, "5000"],
  ["5,000", 0, "5000"],
  ["5,000.50", 0, "5000.5"],
  ["5.000,50", 0, "5000.5"],
  ["2.500,00", 0, "2500"],
  ["1,50,000", 0, "150000"],
  ["1,50,000.75", 0, "150000.75"],
  ["1.000.000", 0, "1000000"],
  ["5 000", 0, "5000"],
  ["5\u202f000,10", 0, "5000.1"],
  ["5'000.10", 0, "5000.1"],
  ["2,5", 0, "2.5"],
  ["1.5", 6, "1500000"],
  ["2,5", 3, "2500"],
  ["2.5", 5, "250000"],
  ["1.234", 6, "1234000"],
  ["0.1", 3, "100"],
  ["007", 0, "7"],
  ["0", 0, undefined],
  ["0.00", 3, undefined],
  ["999999999999", 6, undefined],
])("%s × 10^%i is %s", (written, power, amount) => {
  expect(decimalOf(written, power)).toBe(amount);
});

describe("a budget", () => {
  test.each([
    "My budget is not 500",
    "my budget isn't 500",
    "Mi presupuesto no es 500",
    "Meu orçamento não é 500",
    "Mein Budget ist nicht 500",
    "Mon budget n'est pas de 500",
    "mera budget 500 nahi hai",
    "मेरा बजट 500 नहीं है",
  ])("that is denied is none: %s", (text) => expect(readProfile(text).budget).toBeUndefined());

  test("beside one that is denied is the other", () => {
    expect(readProfile("My budget is not 500 but 800").budget).toEqual({ amount: "800" });
    expect(readProfile("my budget is not more than 500 dollars").budget).toMatchObject({ amount: "500" });
  });

  test.each<[string, string, string | undefined]>([
    ["my budget is 50k", "50000", undefined],
    ["our budget: $50K", "50000", "USD"],
    ["budget is US$ 1,200", "1200", "USD"],
    ["budget of 50000", "50000", undefined],
    ["we have a 5k budget", "5000", undefined],
    ["budget is 2 mil dollars", "2000000", "USD"],
    ["mi presupuesto es 2 mil dólares", "2000", "USD"],
    ["presupuesto de $5000", "5000", undefined],
    ["orçamento de 3 mil", "3000", undefined],
    ["budget 50 Tsd Euro", "50000", "EUR"],
    ["my budget is 5-10k", "5000", undefined],
    ["budget is 1 crore", "10000000", undefined],
    ["budget AED 3,500", "3500", "AED"],
    ["I could invest 300 GBP", "300", "GBP"],
    ["Our budget is Rs. 2,00,000", "200000", "INR"],
    ["budget for 15 users is 900 euros", "900", "EUR"],
  ])("%s", (text, amount, currency) => {
    const { budget } = readProfile(text);
    expect([budget?.amount, budget?.currency]).toEqual([amount, currency]);
  });

  test.each([
    "budget for 2026",
    "budget meeting at 10:30 on 12/05/2026",
    "our budget covers 20 users",
    "budget, call 919876543210",
    "I paid $500 for nothing",
    "what can I get for $500?",
    "we have 50000 customers",
    "budget is up 20%",
    "spend 3 days there",
    "The budget is done. We are 25.",
  ])("is not read from: %s", (text) => {
    expect(readProfile(text).budget).toBeUndefined();
  });
});
