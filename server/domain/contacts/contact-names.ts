import { sql } from "kysely";
import { phoneVariants } from "../../../shared/phone/phone-variants.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { lockNames } from "../conversations/lock-names.ts";
import { DomainError } from "../domain-error.ts";
import { expireMailsTo } from "../email/expire-mails-to.ts";
import { isInReach } from "../reach/reach.ts";
import { addIdentities, findByIdentities, type KnownIdentity } from "./identity-rows.ts";
import { ownersOfPeople } from "./owners-of-people.ts";
import type { Identity } from "./person-identities.ts";

/** The names under which a phone number and a mail address are known; phones in one spelling for all their variants. */
export function namesOf(phones: string[], email: string | null | undefined): Identity[] {
  const numbers = phones.flatMap((phone): Identity[] => {
    const value = phoneVariants(phone)[0];
    return value === undefined ? [] : [{ kind: "phone", value, raw: phone }];
  });
  if (!email) return numbers;
  return [...numbers, { kind: "email", value: email.toLowerCase(), raw: email }];
}

/** Until the end of the transaction nobody else gives these names to anyone; incoming messages wait too. */
export async function lockIdentities(tx: TxCtx, identities: Identity[]): Promise<void> {
  await lockNames(
    tx,
    identities.map(({ kind, value }) => `${kind} ${value}`),
  );
}

/** Who has one of these names: a living person before a deleted one. */
export async function ownerOf(tx: TxCtx, identities: Identity[]): Promise<KnownIdentity | undefined> {
  if (identities.length === 0) return undefined;
  const known = await findByIdentities(tx, identities);
  return known.find((row) => !row.deleted) ?? known[0];
}

/**
 * Gives names to a person. One that a living person has is refused; from a deleted one it moves over. The primary key decides, so
 * that even a writer who took no lock cannot make two owners. A deleted person may be coming back by another of their names: their
 * row is held and looked at again, so that one of the two sees the other.
 */
export async function claimIdentities(tx: TxCtx, contactId: number, identities: Identity[]): Promise<void> {
  if (identities.length === 0) return;
  const [, known] = await Promise.all([
    addIdentities(
      tx,
      identities.map((identity) => ({ ...identity, contactId })),
    ),
    findByIdentities(tx, identities),
  ]);
  const others = await ofDeletedOthers(tx, contactId, known);
  if (others.length === 0) return;
  const { companyId } = tx;
  await tx.tx.run(holdOwners({ companyId, ids: others.map((row) => row.contact_id) }));
  const held = await ofDeletedOthers(tx, contactId, await findByIdentities(tx, identities));
  for (const { kind, value, contact_id: from } of held)
    await tx.tx.run(moveIdentity({ companyId, contactId, from, kind, value }));
}

async function ofDeletedOthers(tx: TxCtx, contactId: number, known: KnownIdentity[]): Promise<KnownIdentity[]> {
  const others = known.filter((row) => row.contact_id !== contactId);
  const living = others.find((row) => !row.deleted);
  if (living) throw await duplicateContact(tx, living);
  return others;
}

/** Takes the names off the person: they may be given to whom they belong. What waits to go to an address stays here. */
export async function releaseIdentities(tx: TxCtx, contactId: number, identities: Identity[]): Promise<void> {
  const { companyId } = tx;
  for (const { kind, value } of identities) {
    await tx.tx.run(dropIdentity({ companyId, contactId, kind, value }));
    if (kind === "email") await expireMailsTo(tx, contactId, value);
  }
}

/** Whose people are out of the caller's reach have no id for them. */
export async function duplicateContact(
  tx: TxCtx,
  { kind, contact_id: existingId }: KnownIdentity,
): Promise<DomainError> {
  const what = kind === "email" ? "e-mail address" : "phone number";
  const owner = (await ownersOfPeople(tx.tx, tx.companyId, [existingId])).get(existingId) ?? null;
  if (!isInReach(tx, owner)) {
    const message = `A contact with this ${what} exists already, among the people of a colleague.`;
    return new DomainError({ kind: "duplicate", entity: "contact", message });
  }
  return new DomainError({
    kind: "duplicate",
    entity: "contact",
    existingId,
    message: `A contact with this ${what} exists already (contact_${existingId}).`,
  });
}

const dropIdentity = prepared<{ companyId: number; contactId: number; kind: string; value: string }>()(
  (_db, arg) => sql<never>`
    delete from contact_identities
    where company_id = ${arg("companyId")}::bigint and kind = ${arg("kind")}::text and value = ${arg("value")}::text
      and contact_id = ${arg("contactId")}::bigint`,
);

// No key update: whoever just stored a message of theirs, and is about to bring them back, must not be waited for.
const holdOwners = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<never>`
    select id from contacts where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])
    order by id for no key update`,
);

const moveIdentity = prepared<{ companyId: number; contactId: number; from: number; kind: string; value: string }>()(
  (_db, arg) => sql<never>`
    update contact_identities set contact_id = ${arg("contactId")}::bigint
    where company_id = ${arg("companyId")}::bigint and kind = ${arg("kind")}::text and value = ${arg("value")}::text
      and contact_id = ${arg("from")}::bigint`,
);
