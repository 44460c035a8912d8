import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../shared/json.ts";
import { type ContactSnapshot, contactColumnsOf } from "../contacts/contact-columns.ts";
import { lockIdentities } from "../contacts/contact-names.ts";
import { findByIdentities } from "../contacts/identity-rows.ts";
import { letGoOfTakenNames } from "../contacts/let-go-of-taken-names.ts";
import type { Identity } from "../contacts/person-identities.ts";
import { restoreDeleted } from "../contacts/restore-contact.ts";
import { updateContact } from "../contacts/update-contact.ts";
import type { TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { tagContact } from "../tags/tag-contact.ts";
import { untaggedOf } from "../tags/untagged-of.ts";
import { createPeople } from "./create-people.ts";
import { type Match, matchPeople, namesOfPerson } from "./match-people.ts";
import type { ImportedPerson } from "./read-person.ts";

/** A person who is there already: left alone, given the row's values, or refused because only new people are wanted. */
export type OnDuplicate = "skip" | "update" | "create";

/** `names`: numbers and addresses that became theirs by the row; imports of before have none written down. */
export type PersonUndo = {
  version: number;
  before: JsonObject;
  tags: number[];
  names?: Pick<Identity, "kind" | "value">[];
};

export type PersonResult = {
  result: "created" | "updated" | "unchanged" | "skipped" | "failed";
  reason: string | null;
  contactId: number | null;
  undo: PersonUndo | null;
};

export type PeopleImport = { people: ImportedPerson[]; onDuplicate: OnDuplicate; data: JsonObject };

/**
 * People matched by phone and mail address, made or changed. The same people again change nothing: who has no phone and no mail is
 * known again by name and company. Two of one batch with a name in common are one person.
 */
export async function importPeople(tx: TxCtx, { people, onDuplicate, data }: PeopleImport): Promise<PersonResult[]> {
  await lockIdentities(tx, people.flatMap(namesOfPerson));
  const matches = await matchPeople(tx, people);
  const newcomers = people.filter((_, index) => matches[index]?.kind === "new");
  const ids = await createPeople(tx, newcomers, data);
  const idOf = new Map(newcomers.map((person, index) => [person, ids[index] ?? 0]));
  const created = await contactColumnsOf(tx, ids);
  const results: PersonResult[] = [];
  for (const [index, person] of people.entries()) {
    const match = matches[index] ?? { kind: "new" };
    results.push(await settle(tx, { person, match, onDuplicate, idOf, created, people }));
  }
  return results;
}

type Case = {
  person: ImportedPerson;
  match: Match;
  onDuplicate: OnDuplicate;
  idOf: Map<ImportedPerson, number>;
  created: Map<number, ContactSnapshot>;
  people: ImportedPerson[];
};

async function settle(tx: TxCtx, each: Case): Promise<PersonResult> {
  const { person, match, idOf, created, people } = each;
  switch (match.kind) {
    case "new": {
      const contactId = idOf.get(person) ?? 0;
      const undo = { version: created.get(contactId)?.version ?? 1, before: {}, tags: [] };
      return { result: "created", reason: null, contactId, undo };
    }
    case "several":
      return failed(`The row speaks of ${match.contactIds.map((id) => `contact_${id}`).join(" and ")} at once.`);
    case "earlier row": {
      const earlier = people[match.index];
      return onPerson(tx, each, (earlier && idOf.get(earlier)) ?? 0, "is in an earlier row");
    }
    case "deleted":
      return bringBack(tx, person, match.contactId);
    case "known":
      return onPerson(tx, each, match.contactId, "exists already");
  }
}

async function onPerson(
  tx: TxCtx,
  { person, onDuplicate }: Case,
  contactId: number,
  why: string,
): Promise<PersonResult> {
  const reason = `contact_${contactId} ${why}.`;
  switch (onDuplicate) {
    case "skip":
      return { result: "skipped", reason, contactId, undo: null };
    case "create":
      return { ...failed(reason), contactId };
    case "update":
      return update(tx, person, contactId, await columnsOf(tx, contactId));
  }
}

/** That they were away is what an undo gives back. */
async function bringBack(tx: TxCtx, person: ImportedPerson, contactId: number): Promise<PersonResult> {
  const before = await columnsOf(tx, contactId);
  await restoreDeleted(tx, contactId);
  await letGoOfTakenNames(tx, [contactId]);
  return update(tx, person, contactId, before);
}

async function columnsOf(tx: TxCtx, contactId: number): Promise<ContactSnapshot | undefined> {
  return (await contactColumnsOf(tx, [contactId])).get(contactId);
}

async function update(
  tx: TxCtx,
  person: ImportedPerson,
  contactId: number,
  before: ContactSnapshot | undefined,
): Promise<PersonResult> {
  const { patch, tags } = person;
  const names = await namesNotYetOf(tx, contactId, person, before);
  try {
    await updateContact(tx, contactId, patch, { companySpelling: "known" });
  } catch (error) {
    if (error instanceof DomainError) return { ...failed(error.message), contactId };
    throw error;
  }
  const added: number[] = [];
  for (const name of await untaggedOf(tx, contactId, tags)) added.push((await tagContact(tx, contactId, { name })).id);
  const after = await columnsOf(tx, contactId);
  const changed = Object.entries(before?.columns ?? {}).filter(
    ([column, value]) => !isDeepStrictEqual(value, after?.columns[column]),
  );
  if (changed.length === 0 && added.length === 0) return { result: "unchanged", reason: null, contactId, undo: null };
  const undo = { version: after?.version ?? 0, before: Object.fromEntries(changed), tags: added, names };
  return { result: "updated", reason: null, contactId, undo };
}

/** Most rows name people as they are known: only the others are worth a question. */
async function namesNotYetOf(
  tx: TxCtx,
  contactId: number,
  person: ImportedPerson,
  before: ContactSnapshot | undefined,
): Promise<{ kind: Identity["kind"]; value: string }[]> {
  const { phone, email } = person.patch;
  const isAsKnown = [
    [phone, before?.columns.phone],
    [email, before?.columns.email],
  ].every(([given, known]) => !given || given === known);
  if (isAsKnown) return [];
  const names = namesOfPerson(person);
  const known = await findByIdentities(tx, names);
  return names
    .filter(
      ({ kind, value }) =>
        !known.some((row) => row.contact_id === contactId && row.kind === kind && row.value === value),
    )
    .map(({ kind, value }) => ({ kind, value }));
}

function failed(reason: string): PersonResult {
  return { result: "failed", reason, contactId: null, undo: null };
}
