import { listOf, objectOf } from "../../../shared/json.ts";
import type { PersonKeys } from "../../domain/conversations/inbound-update.ts";
import { personKeys } from "./person-keys.ts";

/** A change's `contacts[]`, found by what a message or status says of its person. */
export type ContactBook = {
  byWaId: Map<string, PersonKeys>;
  byUserId: Map<string, PersonKeys>;
  /** The contact, where there is exactly one. */
  only?: PersonKeys;
};

export function contactBook(contacts: unknown): ContactBook {
  const people = listOf(contacts).map(contactKeys);
  const book: ContactBook = { byWaId: new Map(), byUserId: new Map() };
  for (const person of people) {
    if (person.waId !== undefined) book.byWaId.set(person.waId, person);
    if (person.userId !== undefined) book.byUserId.set(person.userId, person);
  }
  const [first, ...others] = people;
  return first !== undefined && others.length === 0 ? { ...book, only: first } : book;
}

/** The person, with what the contacts add. The item's own keys win. */
export function completedBy(book: ContactBook, person: PersonKeys): PersonKeys {
  const contact =
    (person.userId === undefined ? undefined : book.byUserId.get(person.userId)) ??
    (person.waId === undefined ? undefined : book.byWaId.get(person.waId));
  if (contact !== undefined) return { ...contact, ...person };
  if (book.only === undefined) return person;
  if (!contradicts(person, book.only)) return { ...book.only, ...person };
  // Two different people would become one; only the name, which identifies nobody, is taken over.
  return book.only.profileName === undefined ? person : { profileName: book.only.profileName, ...person };
}

function contradicts(a: PersonKeys, b: PersonKeys): boolean {
  return differ(a.waId, b.waId) || differ(a.userId, b.userId);
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function contactKeys(item: unknown): PersonKeys {
  const contact = objectOf(item) ?? {};
  const profile = objectOf(contact.profile) ?? {};
  return personKeys({
    phone: contact.wa_id,
    userId: contact.user_id,
    parentUserId: contact.parent_user_id,
    username: profile.username ?? contact.username,
    profileName: profile.name,
  });
}
