import type { Purpose } from "../send-decision.ts";
import { defaultPrices } from "./default-prices.ts";
import { marketsOf } from "./markets.ts";
import type { MessagePrice } from "./message-price.ts";

type Prices = Map<string, MessagePrice[]>;

/** A company's own prices before the shipped ones. */
export type PriceBook = { own: Prices; shipped: Prices };

export type FoundPrice = MessagePrice & { isOwn: boolean };

const shipped = pricesByKey(defaultPrices);

export function priceBook(own: MessagePrice[]): PriceBook {
  return { own: pricesByKey(own), shipped };
}

/** The price that holds on a day ("2026-11-21"): the nearest market, of that the newest date that has come. */
export function findPrice(
  { own, shipped: rest }: PriceBook,
  { country, category, day }: { country: string | null; category: Purpose; day: string },
): FoundPrice | undefined {
  for (const [prices, isOwn] of [[own, true] as const, [rest, false] as const]) {
    for (const market of marketsOf(country)) {
      // Free text has a price of its own only where a contract says so.
      for (const kind of category === "service" ? (["service", "utility"] as const) : [category]) {
        const price = prices.get(`${market} ${kind}`)?.find(({ validFromOn }) => validFromOn <= day);
        if (price) return { ...price, isOwn };
      }
    }
  }
  return undefined;
}

function pricesByKey(prices: MessagePrice[]): Prices {
  const byKey: Prices = new Map();
  for (const price of prices) {
    const key = `${price.market} ${price.category}`;
    byKey.set(key, [...(byKey.get(key) ?? []), price]);
  }
  for (const dated of byKey.values()) dated.sort((a, b) => b.validFromOn.localeCompare(a.validFromOn));
  return byKey;
}
