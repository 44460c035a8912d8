import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { companyPlace } from "./company-place.ts";
import { namesOf } from "./contact-names.ts";
import { findByIdentities } from "./identity-rows.ts";
import { editContact } from "./update-contact.ts";

/**
 * Who is back without having been asked for by number and address keeps neither where somebody else has it by now: two people with
 * one number would each be written to at the other's. Another number of theirs is shown instead. Their row is held from coming back
 * on, and whoever takes a name off a deleted person holds it too, so no name is locked here: that would be after the row.
 */
export async function letGoOfTakenNames(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length === 0) return;
  for (const { id, phone, email } of await tx.tx.all(shownNames({ companyId: tx.companyId, contactIds }))) {
    const patch = {
      ...(phone !== null && (await isTaken(tx, id, { phone, email: null })) ? { phone: await otherPhone(tx, id) } : {}),
      ...(email !== null && (await isTaken(tx, id, { phone: null, email })) ? { email: null } : {}),
    };
    if (Object.keys(patch).length > 0) await editContact(tx, id, patch, { place: await companyPlace(tx) });
  }
}

type ShownNames = { phone: string | null; email: string | null };

// Somebody deleted has it too: the next message from it brings them back.
async function isTaken(tx: TxCtx, contactId: number, { phone, email }: ShownNames): Promise<boolean> {
  const known = await findByIdentities(tx, namesOf(phone === null ? [] : [phone], email));
  return known.some((row) => row.contact_id !== contactId);
}

async function otherPhone({ tx, companyId }: TxCtx, contactId: number): Promise<string | null> {
  return (await tx.first(latestPhone({ companyId, contactId })))?.phone ?? null;
}

// A provider's key that is no dialled number is kept among the phones as it came.
const latestPhone = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ phone: string }>`
    select raw as phone from contact_identities
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint and kind = 'phone'
      and raw ~ '^[+][1-9][0-9]{8,14}$'
    order by created_at desc, value limit 1`,
);

const shownNames = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<ShownNames & { id: number }>`
    select id, phone, email from contacts
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("contactIds")}::bigint[])`,
);
