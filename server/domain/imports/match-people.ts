import { namesOf } from "../contacts/contact-names.ts";
import { contactSearchText } from "../contacts/contact-search-text.ts";
import { findByIdentities, type KnownIdentity } from "../contacts/identity-rows.ts";
import { findBySearchText } from "../contacts/insert-imported.ts";
import type { Identity } from "../contacts/person-identities.ts";
import type { TxCtx } from "../context.ts";
import type { ImportedPerson } from "./read-person.ts";

export type Match =
  | { kind: "new" }
  | { kind: "known"; contactId: number }
  | { kind: "deleted"; contactId: number }
  | { kind: "several"; contactIds: number[] }
  /** One of the same batch, who is new. */
  | { kind: "earlier row"; index: number };

/** Who each person is. Their names are locked by the caller. */
export async function matchPeople(tx: TxCtx, people: ImportedPerson[]): Promise<Match[]> {
  const names = people.map(namesOfPerson);
  const known = Map.groupBy(await findByIdentities(tx, names.flat()), keyOf);
  const byText = await findBySearchText(tx, people.filter(isNameless).map(textOf));
  const inBatch = new Map<string, number>();
  return people.map((person, index) => {
    const keys = isNameless(person) ? [`text ${textOf(person)}`] : (names[index] ?? []).map(keyOf);
    const match = matchOf(person, keys, known, byText, inBatch);
    if (match.kind === "new") for (const key of keys) inBatch.set(key, index);
    return match;
  });
}

/** What a person is known by: phones in all their variants, and the mail address. */
export function namesOfPerson({ patch, phones }: ImportedPerson): Identity[] {
  return namesOf(phones, patch.email?.trim());
}

function matchOf(
  person: ImportedPerson,
  keys: string[],
  known: Map<string, KnownIdentity[]>,
  byText: Map<string, number>,
  inBatch: Map<string, number>,
): Match {
  const owners = keys.flatMap((key) => known.get(key) ?? []);
  const living = [...new Set(owners.filter(({ deleted }) => !deleted).map((row) => row.contact_id))];
  if (living.length > 1) return { kind: "several", contactIds: living };
  const [contactId] = living;
  if (contactId !== undefined) return { kind: "known", contactId };
  const same = isNameless(person) ? byText.get(textOf(person)) : undefined;
  if (same !== undefined) return { kind: "known", contactId: same };
  const earlier = keys.map((key) => inBatch.get(key)).find((index) => index !== undefined);
  if (earlier !== undefined) return { kind: "earlier row", index: earlier };
  const [gone] = owners;
  return gone ? { kind: "deleted", contactId: gone.contact_id } : { kind: "new" };
}

function isNameless({ patch, phones }: ImportedPerson): boolean {
  return phones.length === 0 && !patch.email;
}

function textOf({ patch }: ImportedPerson): string {
  const name = patch.name ?? [patch.firstName, patch.lastName].filter(Boolean).join(" ");
  return contactSearchText({ name, company: patch.company ?? null });
}

function keyOf({ kind, value }: { kind: string; value: string }): string {
  return `${kind} ${value}`;
}
