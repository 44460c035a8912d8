type Limits = { messagingLimit: string | null; portfolioLimit: string | null };

/** How many people a day may be written to outside a window; null: as many as one likes, or WhatsApp has not said. */
export function tierLimitOf({ messagingLimit, portfolioLimit }: Limits): number | null {
  return countOf(messagingLimit ?? portfolioLimit);
}

// "TIER_2K", older "TIER_250", or a bare number in business_capability_update, where -1 is unlimited.
function countOf(limit: string | null): number | null {
  const [, digits, thousands] = /^(?:TIER_)?(\d{1,9})(K?)$/i.exec(limit ?? "") ?? [];
  if (digits === undefined) return null;
  return Number(digits) * (thousands ? 1_000 : 1);
}
