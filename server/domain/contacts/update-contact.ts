import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { changePersonStage } from "../leads/change-person-stage.ts";
import { requireVersion } from "../require-version.ts";
import { companyPlace } from "./company-place.ts";
import type { Contact } from "./contact.ts";
import { type ContactPatch, checkContactFields } from "./contact-fields.ts";
import { claimIdentities, lockIdentities, namesOf, releaseIdentities } from "./contact-names.ts";
import { getContact } from "./get-contact.ts";
import { type CompanySpelling, type ContactFields, type Place, patchedContact, readPhone } from "./patched-contact.ts";
import { writeContact } from "./write-contact.ts";

type EditOptions = { ifVersion?: number; companySpelling?: CompanySpelling["kind"] };

/**
 * Changes what is given. A new phone or mail address becomes one more name of the person: the old ones are kept, so that messages
 * from them still find this person. A mail address that is taken away is theirs no more. A stage moves the open lead along.
 */
export async function updateContact(
  ctx: Ctx,
  contactId: number,
  patch: ContactPatch,
  options: EditOptions = {},
): Promise<Contact> {
  checkContactFields(patch);
  return ctx.transact(async (tx) => {
    const place = await companyPlace(tx);
    // Names before the row, the order of incoming messages: otherwise the two could wait for each other.
    await lockIdentities(tx, namesGiven(patch, place));
    await editContact(tx, contactId, patch, { place, ...options });
    if (patch.stage !== undefined) await changePersonStage(tx, contactId, patch.stage);
    return getContact(tx, contactId);
  });
}

/** Within an act that holds the names of the patch already, or where they are the person's own. */
export async function editContact(
  tx: TxCtx,
  contactId: number,
  patch: ContactPatch,
  { place, ifVersion, companySpelling: kind = "written" }: EditOptions & { place: Place },
): Promise<void> {
  await lockContact(tx, contactId);
  const before = await getContact(tx, contactId);
  requireVersion("contact", before.version, ifVersion);
  await edit(tx, before, patch, place, { kind, contactId });
}

/** Two edits of one person come one after the other. */
export async function lockContact(tx: TxCtx, contactId: number): Promise<void> {
  const row = await tx.tx.first(contactForUpdate({ companyId: tx.companyId, contactId }));
  if (!row) throw notFound("contact", contactId);
}

function namesGiven({ phone, email }: ContactPatch, place: Place) {
  return namesOf(phone?.trim() ? [readPhone(phone, place).e164] : [], email?.trim());
}

async function edit(
  tx: TxCtx,
  before: Contact,
  patch: ContactPatch,
  place: Place,
  spelling: CompanySpelling,
): Promise<void> {
  const old = fieldsOf(before);
  const after = await patchedContact(tx, old, patch, place, spelling);
  const change = changedFields(old, after);
  if (!change) return;
  const phones = after.phone !== null && after.phone !== before.phone ? [after.phone] : [];
  await claimIdentities(tx, before.id, namesOf(phones, after.email === before.email ? null : after.email));
  await writeContact(tx, before.id, after);
  await recordEvent(tx, { type: "contact.updated", subject: { kind: "contact", id: before.id }, ...change });
  if (after.email === null && before.email !== null) await releaseIdentities(tx, before.id, namesOf([], before.email));
}

/** What of a person can be edited. */
export function fieldsOf(contact: Contact): ContactFields {
  const { id: _id, stage: _stage, temperature: _temperature, version: _version, ...rest } = contact;
  const { lastMessageAt: _last, unreadCount: _unread, createdAt: _created, updatedAt: _updated, ...fields } = rest;
  return fields;
}

const contactForUpdate = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null for update`,
);
