import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { namesOf } from "./contact-names.ts";
import { findByIdentities } from "./identity-rows.ts";
import { updateContact } from "./update-contact.ts";

/**
 * Who is back without having been asked for by number and address keeps neither where somebody else has it by now: two people with
 * one number would each be written to at the other's.
 */
export async function letGoOfTakenNames(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length === 0) return;
  for (const { id, phone, email } of await tx.tx.all(shownNames({ companyId: tx.companyId, contactIds }))) {
    const patch = {
      ...(phone !== null && (await isTaken(tx, id, { phone, email: null })) ? { phone: null } : {}),
      ...(email !== null && (await isTaken(tx, id, { phone: null, email })) ? { email: null } : {}),
    };
    if (Object.keys(patch).length > 0) await updateContact(tx, id, patch);
  }
}

type ShownNames = { phone: string | null; email: string | null };

async function isTaken(tx: TxCtx, contactId: number, { phone, email }: ShownNames): Promise<boolean> {
  const known = await findByIdentities(tx, namesOf(phone === null ? [] : [phone], email));
  return known.some((row) => row.contact_id !== contactId && !row.deleted);
}

const shownNames = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<ShownNames & { id: number }>`
    select id, phone, email from contacts
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("contactIds")}::bigint[])`,
);
