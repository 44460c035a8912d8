import type { SendDecision } from "../../../shared/v1/sending.ts";
import { formatPrice } from "../../lib/format-money.ts";

/** What a message costs, in a few words; undefined where nothing is known of it. */
export function priceWords({ price }: SendDecision): string | undefined {
  if (!price) return undefined;
  if (price.amount === 0) return freeWords[price.free ?? ""] ?? "Free";
  return `${formatPrice(price.amount, price.currency)} a message`;
}

const freeWords: Record<string, string> = {
  allotment: "Free: within this month's allotment",
  free_entry_point: "Free: the customer came by an ad",
  not_billed: "Free",
};
