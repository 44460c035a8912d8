import { getSettings } from "../accounts/company-settings.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";

/** An exact amount as the database keeps it: below 10^11, at most four decimals. */
export function requireAmount(path: string, value: string | undefined): void {
  if (value === undefined || /^\d{1,11}(\.\d{1,4})?$/.test(value)) return;
  throw invalid(path, `${path} must be a number from 0 to 99999999999.9999 with at most 4 decimals`);
}

/** The company's currency. Another is refused: what a person spends is added up, and only one currency can be. */
export async function companyCurrency(ctx: Ctx, wanted?: string): Promise<string> {
  const { currency } = await getSettings(ctx);
  if (wanted !== undefined && wanted !== currency)
    throw invalid("currency", `currency must be the company's own, ${currency}`);
  return currency;
}
