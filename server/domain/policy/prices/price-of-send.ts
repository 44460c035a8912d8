import type { Purpose, SendPrice } from "../send-decision.ts";
import { pricesSource } from "./default-prices.ts";
import { type FoundPrice, findPrice, type PriceBook } from "./price-book.ts";
import { priceRuleOn } from "./price-rules.ts";

export type PricedSend = {
  category: Purpose;
  country: string | null;
  isTemplate: boolean;
  windowIsOpen: boolean;
  freeEntryIsOpen: boolean;
  deliveredThisMonth: number;
  prices: PriceBook;
  now: Date;
};

/** What the message will cost when it is delivered; null where nobody knows, which is not the same as nothing. */
export function priceOfSend(send: PricedSend): SendPrice | null {
  const day = send.now.toISOString().slice(0, 10);
  const rule = priceRuleOn(day);
  if (!rule) return null;
  const { category, country, prices } = send;
  const found = findPrice(prices, { country, category, day });
  const free = (why: NonNullable<SendPrice["free"]>, basis: string): SendPrice => ({
    amount: "0",
    currency: found?.currency ?? "USD",
    category,
    free: why,
    basis,
  });
  if (send.freeEntryIsOpen)
    return free("free_entry_point", "free for 72 hours after an answer to an ad or page button");
  const isReply = !send.isTemplate || (category === "utility" && send.windowIsOpen);
  const isBilled = send.isTemplate ? rule.utilityInWindowIsBilled : rule.serviceIsBilled;
  if (isReply && !isBilled) return free("not_billed", "replies inside the 24-hour window were free before 2026-10-01");
  if (isReply && send.deliveredThisMonth < rule.monthlyFree)
    return free("allotment", `one of this number's first ${rule.monthlyFree} replies this month`);
  if (!found || found.amount === null) return null;
  return { amount: found.amount, currency: found.currency, category, free: null, basis: basisOf(found, country) };
}

function basisOf({ category, market, validFromOn, isOwn }: FoundPrice, country: string | null): string {
  const place = market === "*" ? "all other countries" : market.replaceAll("_", " ");
  const reached = country !== null && country !== market ? `${place} (${country})` : place;
  return `${category} rate of ${reached} since ${validFromOn}, ${isOwn ? "your own price list" : pricesSource}`;
}
