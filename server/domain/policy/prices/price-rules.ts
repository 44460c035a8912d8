/** What is billed at all, by the day from which it holds. */
export type PriceRule = {
  validFromOn: string;
  /** Free text and other messages without a template, inside the window. */
  serviceIsBilled: boolean;
  utilityInWindowIsBilled: boolean;
  /** Delivered service and in-window utility messages per number and month (UTC) that cost nothing. */
  monthlyFree: number;
};

/**
 * WhatsApp's model, newest first. 2025-07-01: per delivered message (Meta's pricing page). 2026-10-01: replies inside the window too,
 * the first 1,000 per number and month free (protocols.md A.10, reported by partners).
 */
const rules: PriceRule[] = [
  { validFromOn: "2026-10-01", serviceIsBilled: true, utilityInWindowIsBilled: true, monthlyFree: 1000 },
  { validFromOn: "2025-07-01", serviceIsBilled: false, utilityInWindowIsBilled: false, monthlyFree: 0 },
];

/** The rule of a day ("2026-11-21", UTC); none before prices were per message. */
export function priceRuleOn(day: string): PriceRule | undefined {
  return rules.find(({ validFromOn }) => validFromOn <= day);
}
