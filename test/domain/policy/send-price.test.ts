import { describe, expect, test } from "vitest";
import type { MessagePrice } from "../../../server/domain/policy/prices/message-price.ts";
import { priceBook } from "../../../server/domain/policy/prices/price-book.ts";
import type { SendPrice } from "../../../server/domain/policy/send-decision.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { ago, factsWith, type Given, noon, wantedWith } from "./facts.ts";

const september = new Date("2026-09-30T23:59:59Z");
const october = new Date("2026-10-01T00:00:00Z");
const used: Given = { channel: { deliveredThisMonth: 1000 } };
const outside: Given = { windowExpiresAt: null };
const utility: Given = { template: {} };
const marketing: Given = { template: { category: "MARKETING" } };
const code: Given = { template: { category: "AUTHENTICATION" } };
const from = (country: string | null): Given => ({ person: { country, phone: "+999" } });
const own = (...prices: Partial<MessagePrice>[]): Given => ({
  prices: priceBook(
    prices.map((price) => ({
      market: "DE",
      category: "utility",
      validFromOn: "2026-11-01",
      currency: "EUR",
      amount: "0.05",
      ...price,
    })),
  ),
});

type Case = [name: string, given: Given, expected: [amount: string, free: SendPrice["free"]] | null, now?: Date];

const cases: Case[] = [
  ["text within the allotment", {}, ["0", "allotment"]],
  ["the thousandth reply", { channel: { deliveredThisMonth: 999 } }, ["0", "allotment"]],
  ["the next one", used, ["0.0550", null]],
  ["text before October 2026", used, ["0", "not_billed"], september],
  ["text in the first second of October", used, ["0.0550", null], october],
  ["utility in the window before October", { ...used, ...utility }, ["0", "not_billed"], september],
  ["utility in the window within the allotment", utility, ["0", "allotment"]],
  ["utility in the window after it", { ...used, ...utility }, ["0.0550", null]],
  ["utility outside the window", { ...outside, ...utility }, ["0.0550", null]],
  ["utility outside, before October", { ...outside, ...utility }, ["0.0550", null], september],
  ["marketing in the window", marketing, ["0.1365", null]],
  ["marketing outside", { ...outside, ...marketing }, ["0.1365", null]],
  ["marketing before October", { ...outside, ...marketing }, ["0.1365", null], september],
  ["a code in the window", code, ["0.0550", null]],
  ["marketing after an ad", { ...marketing, freeEntryExpiresAt: ago(noon, "-1s") }, ["0", "free_entry_point"]],
  ["the end of the 72 hours", { ...marketing, freeEntryExpiresAt: noon }, ["0.1365", null]],
  ["text after an ad, allotment used up", { ...used, freeEntryExpiresAt: ago(noon, "-1h") }, ["0", "free_entry_point"]],
  ["a country of a region", { ...outside, ...utility, ...from("AT") }, ["0.0171", null]],
  ["North America", { ...outside, ...utility, ...from("CA") }, ["0.0034", null]],
  ["a country of no region", { ...outside, ...utility, ...from("IS") }, ["0.0077", null]],
  ["nobody knows where", { ...outside, ...utility, ...from(null) }, ["0.0077", null]],
  ["Bangladesh before its own row", { ...outside, ...utility, ...from("BD") }, ["0.0113", null], september],
  ["Bangladesh with it", { ...outside, ...utility, ...from("BD") }, ["0.0037", null]],
  ["Morocco before October", { ...outside, ...utility, ...from("MA") }, ["0.0040", null], september],
  ["Morocco since: changed, nobody told us to what", { ...outside, ...utility, ...from("MA") }, null],
  ["marketing to Morocco", { ...outside, ...marketing, ...from("MA") }, ["0.0225", null]],
  ["before the first price list", { ...outside, ...utility }, null, new Date("2025-12-31T12:00:00Z")],
  ["before prices per message", { ...outside, ...utility }, null, new Date("2025-06-30T12:00:00Z")],
  ["a contract of one's own", { ...outside, ...utility, ...own({}) }, ["0.05", null]],
  [
    "a contract that begins tomorrow",
    { ...outside, ...utility, ...own({ validFromOn: "2026-11-22" }) },
    ["0.0550", null],
  ],
  ["a contract that begins today", { ...outside, ...utility, ...own({ validFromOn: "2026-11-21" }) }, ["0.05", null]],
  [
    "the newest of two",
    { ...outside, ...utility, ...own({}, { validFromOn: "2026-11-10", amount: "0.04" }) },
    ["0.04", null],
  ],
  ["one price for the world", { ...outside, ...utility, ...own({ market: "*", amount: "0.03" }) }, ["0.03", null]],
  [
    "the country before the world",
    { ...outside, ...utility, ...own({ market: "*", amount: "0.03" }, {}) },
    ["0.05", null],
  ],
  [
    "a region of one's own",
    { ...outside, ...utility, ...from("AT"), ...own({ market: "rest_of_western_europe", amount: "0.02" }) },
    ["0.02", null],
  ],
  ["a price for text of one's own", { ...used, ...own({ category: "service", amount: "0.001" }, {}) }, ["0.001", null]],
  ["text at the utility price of one's own", { ...used, ...own({}) }, ["0.05", null]],
];

describe("the price", () => {
  test.each(cases)("%s", (_case, given, expected, now = noon) => {
    const facts = factsWith(given, now);
    const isTemplate = facts.template !== null;
    const wanted = wantedWith(isTemplate ? { content: { kind: "template", templateId: 7 } } : {});
    const { price, warnings, outcome } = sendPolicy(
      { ...facts, windowExpiresAt: given.windowExpiresAt === null ? null : new Date(now.getTime() + 1_000) },
      wanted,
      now,
    );
    expect(price === null ? null : [price.amount, price.free]).toEqual(expected);
    if (price) expect(price.basis).toMatch(/since \d{4}|free|first 1000/);
    // What nobody knows is said, and never shown as nothing.
    else if (outcome !== "refused") expect(warnings.join()).toContain("price is not known");
  });

  test("says whose rate it is and since when", () => {
    const given = { ...outside, ...utility, ...from("AT") };
    const { price } = sendPolicy(factsWith(given), wantedWith({ content: { kind: "template", templateId: 7 } }), noon);
    expect(price).toMatchObject({ currency: "USD", category: "utility" });
    expect(price?.basis).toBe(
      "utility rate of rest of western europe (AT) since 2026-01-01, WhatsApp's published rates; check your contract",
    );
  });
});
