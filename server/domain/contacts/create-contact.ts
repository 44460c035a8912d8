import { closedStages, type Stage } from "../../../shared/stages.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { changePersonStage } from "../leads/change-person-stage.ts";
import { openLead } from "../leads/open-lead.ts";
import { openFirstLead } from "../leads/open-leads.ts";
import { isInReach, ownerOfNew } from "../reach/reach.ts";
import { tagContact } from "../tags/tag-contact.ts";
import { companyPlace } from "./company-place.ts";
import type { Contact } from "./contact.ts";
import { type ContactPatch, checkContactFields } from "./contact-fields.ts";
import { claimIdentities, duplicateContact, lockIdentities, namesOf, ownerOf } from "./contact-names.ts";
import { getContact } from "./get-contact.ts";
import { letGoOfTakenNames } from "./let-go-of-taken-names.ts";
import { ownersOfPeople } from "./owners-of-people.ts";
import { type ContactFields, patchedContact, readPhone } from "./patched-contact.ts";
import { requireSomeName } from "./require-some-name.ts";
import { restoreDeleted } from "./restore-contact.ts";
import { updateContact } from "./update-contact.ts";
import { insertContact } from "./write-contact.ts";
import { writeOwners } from "./write-owners.ts";

export type NewContact = ContactPatch & {
  /** Further numbers of the same person. */
  phones?: string[];
  tags?: string[];
};

/**
 * A new person; with a stage, a lead too. A phone number (in any of its variants) or mail address that a person has already is
 * refused; a deleted person who has it comes back with the new fields.
 */
export async function createContact(ctx: Ctx, input: NewContact): Promise<Contact> {
  checkContactFields(input);
  return ctx.transact(async (tx) => {
    const place = await companyPlace(tx);
    const further = (input.phones ?? []).map((phone) => readPhone(phone, place).e164);
    const fields = await patchedContact(tx, blank, { phone: input.phones?.[0] ?? null, ...owned(tx), ...input }, place);
    requireSomeName(fields);
    const identities = namesOf([...(fields.phone ? [fields.phone] : []), ...further], fields.email);
    // Sent together, and looked up behind the lock all the same: a connection does one after the other.
    const [, owner] = await Promise.all([lockIdentities(tx, identities), ownerOf(tx, identities)]);
    if (owner && !owner.deleted) throw await duplicateContact(tx, owner);
    const id = owner ? await revive(tx, owner.contact_id, input) : await insert(tx, fields, input.stage);
    for (const name of input.tags ?? []) await tagContact(tx, id, { name });
    const [contact] = await Promise.all([getContact(tx, id), claimIdentities(tx, id, identities)]);
    if (!owner && input.stage !== undefined)
      openFirstLead(tx, { contactId: id, stage: input.stage, source: contact.source });
    return contact;
  });
}

const blank: ContactFields = {
  name: "",
  firstName: "",
  lastName: "",
  phone: null,
  email: null,
  organizationId: null,
  company: null,
  position: null,
  source: null,
  notes: null,
  leadScore: 0,
  ownerUserId: null,
  country: null,
  language: null,
  avatarUrl: null,
  lastContactedAt: null,
  nextFollowUpAt: null,
  doNotContact: false,
  custom: {},
};

function owned(tx: TxCtx): { ownerUserId?: number | null } {
  return tx.reach.ownerIds === null ? {} : { ownerUserId: ownerOfNew(tx) };
}

async function insert(tx: TxCtx, fields: ContactFields, stage: Stage | undefined): Promise<number> {
  const id = await insertContact(tx, fields, stage ?? "new");
  const change = changedFields({ ...blank, stage: null }, { ...fields, stage: stage ?? "new" });
  const after = change?.after ?? {};
  await recordEvent(tx, { type: "contact.created", subject: { kind: "contact", id }, after });
  return id;
}

async function revive(tx: TxCtx, id: number, input: NewContact): Promise<number> {
  const { stage, tags: _tags, phones: _phones, ...patch } = input;
  await restoreDeleted(tx, id);
  // Whoever had them has put them away.
  if (!isInReach(tx, (await ownersOfPeople(tx.tx, tx.companyId, [id])).get(id) ?? null))
    await writeOwners(tx, [{ contactId: id, before: null, after: ownerOfNew(tx) }]);
  await letGoOfTakenNames(tx, [id]);
  await updateContact(tx, id, patch);
  if (stage === undefined) return id;
  await changePersonStage(tx, id, stage);
  if (!closedStages.includes(stage)) await openLead(tx, { contactId: id, stage });
  return id;
}
