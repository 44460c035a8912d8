import type { Purpose } from "../send-decision.ts";

/** What one delivered message of a kind costs in a market from a day on. */
export type MessagePrice = {
  /** Two letters of a country, a region's word, or "*". */
  market: string;
  category: Purpose;
  validFromOn: string;
  currency: string;
  /** Decimal text; null where a price is known to have changed and the new one is not known. */
  amount: string | null;
};
