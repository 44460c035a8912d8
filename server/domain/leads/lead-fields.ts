import type { JsonObject } from "../../../shared/json.ts";
import type { Stage } from "../../../shared/stages.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { ContactPatch } from "../contacts/contact-fields.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";

/** Only what is given counts; null clears. */
export type LeadPatch = {
  name?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  email?: string | null;
  phone?: string | null;
  jobTitle?: string | null;
  /** The name of an organization, found or made. */
  organization?: string | null;
  organizationId?: number | null;
  salutation?: string | null;
  gender?: string | null;
  website?: string | null;
  industry?: string | null;
  employees?: string | null;
  /** Decimal text, as is the estimated value. */
  annualRevenue?: string | null;
  territory?: string | null;
  source?: string | null;
  notes?: string | null;
  estimatedValue?: string | null;
  metadata?: JsonObject;
  ownerUserId?: number | null;
  /** By name: a member's, or anybody's. */
  owner?: string | null;
  stage?: Stage;
  need?: string | null;
  budget?: string | null;
  budgetCurrency?: string | null;
};

const longestTexts = {
  salutation: 50,
  gender: 50,
  website: 2_000,
  industry: 300,
  employees: 100,
  territory: 300,
  source: 300,
  owner: 300,
  notes: 100_000,
  need: 10_000,
} as const;
const amounts = ["annualRevenue", "estimatedValue", "budget"] as const;
const longestMetadata = 100_000;

/** What a lead's own fields must keep; the person's are checked with the person. */
export function checkLeadFields(fields: LeadPatch): void {
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(fields));
  const problems: FieldProblem[] = Object.entries(longestTexts).flatMap(([path, longest]) => {
    const text = given.get(path);
    if (typeof text !== "string" || text.length <= longest) return [];
    return [{ path, message: `${path} must be at most ${longest} characters long` }];
  });
  for (const path of amounts) {
    if (typeof fields[path] === "string" && !isAmount(fields[path]))
      problems.push({ path, message: `${path} must be a number from 0 to 99999999999.9999 with at most 4 decimals` });
  }
  if (fields.metadata !== undefined && JSON.stringify(fields.metadata).length > longestMetadata)
    problems.push({ path: "metadata", message: `metadata has at most ${longestMetadata} characters` });
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

function isAmount(text: string): boolean {
  return /^\d{1,11}(\.\d{1,4})?$/.test(text);
}

/** What of a lead stands on its person. */
export function personOf(fields: LeadPatch): ContactPatch {
  const { name, firstName, lastName, email, phone, jobTitle, organization, organizationId } = fields;
  return withoutUndefined({
    name,
    firstName,
    lastName,
    email,
    phone,
    position: jobTitle,
    company: organization,
    organizationId,
  });
}
