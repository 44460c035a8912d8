import { DomainError } from "../domain-error.ts";

/** What a quick reply may say of the person, of who writes, and of the company. */
export const placeholders = [
  "name",
  "first_name",
  "last_name",
  "phone",
  "email",
  "company",
  "position",
  "agent_name",
  "agent_first_name",
  "our_company",
] as const;
export type Placeholder = (typeof placeholders)[number];

export type PlaceholderValues = Record<Placeholder, string | null>;

export type Filled = {
  text: string;
  /** Placeholders of which nothing is known and that have no word to stand in for them. */
  missing: Placeholder[];
};

// {{first_name}}, or {{first_name|friend}} with what stands there where it is not known.
const pattern = /\{\{\s*([a-z_]+)\s*(?:\|([^{}]*))?\}\}/g;

/** Values are put in as they are: braces in a person's name are no placeholders. */
export function fillPlaceholders(text: string, values: PlaceholderValues): Filled {
  const missing = new Set<Placeholder>();
  const filled = text.replace(pattern, (whole, word: string, instead: string | undefined) => {
    const name = placeholders.find((known) => known === word);
    if (name === undefined) return whole;
    const value = values[name]?.trim() || instead?.trim();
    if (value) return value;
    missing.add(name);
    return "";
  });
  // A name left out would leave two spaces, or one before a comma.
  const tidy =
    missing.size === 0
      ? filled
      : filled
          .replace(/ {2,}/g, " ")
          .replace(/ +([,.!?])/g, "$1")
          .trim();
  return { text: tidy, missing: [...missing] };
}

export function checkPlaceholders(text: string): void {
  const unknown = [...text.matchAll(pattern)].map(([, word]) => word ?? "").filter((word) => !isPlaceholder(word));
  if (unknown.length === 0) return;
  const message = `text has {{${unknown[0]}}}, which is none of: ${placeholders.join(", ")}`;
  throw new DomainError({ kind: "invalid", problems: [{ path: "text", message }] });
}

function isPlaceholder(word: string): boolean {
  return placeholders.some((known) => known === word);
}
