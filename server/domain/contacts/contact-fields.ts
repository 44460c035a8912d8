import type { JsonObject } from "../../../shared/json.ts";
import type { Stage } from "../../../shared/stages.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";

/** Only what is given counts; null clears. */
export type ContactPatch = {
  /** Split into first and last name where those are not given; made of them where it is not given itself. */
  name?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  /** In any spelling; a national one is read in the company's default country. */
  phone?: string | null;
  email?: string | null;
  /** The name of an organization, found or made. */
  company?: string | null;
  organizationId?: number | null;
  position?: string | null;
  source?: string | null;
  notes?: string | null;
  stage?: Stage;
  leadScore?: number;
  ownerUserId?: number | null;
  language?: string | null;
  avatarUrl?: string | null;
  lastContactedAt?: string | null;
  nextFollowUpAt?: string | null;
  doNotContact?: boolean;
  /** Keys given are set, null removes one, other keys stay. */
  custom?: JsonObject;
};

const longestTexts = {
  name: 500,
  firstName: 250,
  lastName: 250,
  company: 300,
  position: 500,
  source: 300,
  notes: 100_000,
  language: 35,
  avatarUrl: 2_000,
} as const;

const emailShape = /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+\.[^\s@<>(),;:"\\.]+$/;

/** What a person's own fields must keep, whoever writes them. */
export function checkContactFields(fields: ContactPatch): void {
  const problems: FieldProblem[] = [];
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(fields));
  for (const [path, longest] of Object.entries(longestTexts)) {
    const text = given.get(path);
    if (typeof text === "string" && text.length > longest) {
      problems.push({ path, message: `${path} must be at most ${longest} characters long` });
    }
  }
  const { email, leadScore } = fields;
  if (email && (email.length > 254 || !emailShape.test(email.trim()))) {
    problems.push({ path: "email", message: "email must be an e-mail address" });
  }
  if (leadScore !== undefined && !(Number.isInteger(leadScore) && leadScore >= 0 && leadScore <= 100)) {
    problems.push({ path: "leadScore", message: "lead score must be a whole number from 0 to 100" });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}
