import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import type { Contact } from "./contact.ts";
import { claimIdentities, namesOf } from "./contact-names.ts";
import { getContact } from "./get-contact.ts";

/** Brings a deleted person back, unless someone else has their phone or mail address by now; a living one stays as they are. */
export async function restoreContact(ctx: Ctx, contactId: number): Promise<Contact> {
  return ctx.transact(async (tx) => {
    await refuseMerged(tx, contactId);
    const restored = await restoreDeleted(tx, contactId);
    const contact = await getContact(tx, contactId);
    if (restored)
      await claimIdentities(tx, contactId, namesOf(contact.phone === null ? [] : [contact.phone], contact.email));
    return contact;
  });
}

// Their names, conversations and deals are the other person's; alone they would come back empty.
async function refuseMerged(tx: TxCtx, contactId: number): Promise<void> {
  const row = await tx.tx.first(mergedInto({ companyId: tx.companyId, contactId }));
  if (!row) return;
  const message = `This person was merged into contact_${row.intoId}; undo the merge to bring them back.`;
  throw new DomainError({ kind: "conflict", message });
}

/** Says whether there was something to restore. */
export async function restoreDeleted(tx: TxCtx, contactId: number): Promise<boolean> {
  const row = await tx.tx.first(markRestored({ companyId: tx.companyId, contactId, now: tx.now().toISOString() }));
  if (row) await recordEvent(tx, { type: "contact.restored", subject: { kind: "contact", id: contactId } });
  return row !== undefined;
}

const mergedInto = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ intoId: number }>`
    select merged_into_id as "intoId" from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and merged_into_id is not null`,
);

const markRestored = prepared<{ companyId: number; contactId: number; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    update contacts set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is not null
      and merged_into_id is null
    returning id`,
);
