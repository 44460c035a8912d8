import type { JsonObject } from "../../../shared/json.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";

/** Only what is given counts; null clears. */
export type OrganizationPatch = {
  name?: string;
  website?: string | null;
  industry?: string | null;
  size?: string | null;
  phone?: string | null;
  address?: string | null;
  notes?: string | null;
  ownerUserId?: number | null;
  custom?: JsonObject;
};

const longestTexts = {
  name: 300,
  website: 2_000,
  industry: 300,
  size: 100,
  phone: 100,
  address: 2_000,
  notes: 100_000,
} as const;

export function checkOrganizationFields(fields: OrganizationPatch): void {
  const problems: FieldProblem[] = [];
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(fields));
  for (const [path, longest] of Object.entries(longestTexts)) {
    const text = given.get(path);
    if (typeof text === "string" && text.length > longest) {
      problems.push({ path, message: `${path} must be at most ${longest} characters long` });
    }
  }
  if (fields.name !== undefined && fields.name.trim() === "")
    problems.push({ path: "name", message: "name must not be empty" });
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}
