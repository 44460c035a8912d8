import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { canonicalAmount } from "../deals/deal-fields.ts";
import type { LeadFields } from "./lead.ts";
import type { LeadPatch } from "./lead-fields.ts";

type Details = Partial<Omit<LeadFields, "source" | "ownerUserId">>;

/** What a lead says of itself, as its columns hold it; only what is given. */
export function detailsOf(patch: LeadPatch): Details {
  const { salutation, gender, website, industry, employees, territory, notes, metadata } = patch;
  const texts = { salutation, gender, website, industry, employees, territory, notes };
  const amounts = { annualRevenue: amount(patch.annualRevenue), estimatedValue: amount(patch.estimatedValue) };
  return { ...textsOf(texts), ...withoutUndefined({ ...amounts, metadata }) };
}

function amount(text: string | null | undefined): string | null | undefined {
  return typeof text === "string" ? canonicalAmount(text) : text;
}

/** A text is cleared by null as by an empty one. */
function textsOf<Key extends string>(given: Record<Key, string | null | undefined>): Partial<Record<Key, string>> {
  const kept: Partial<Record<string, string>> = {};
  for (const [key, text] of Object.entries<string | null | undefined>(given)) {
    if (text !== undefined) kept[key] = text ?? "";
  }
  return kept;
}
