import type { Stage } from "../../../shared/stages.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { companyPlace } from "../contacts/company-place.ts";
import { type ContactPatch, checkContactFields } from "../contacts/contact-fields.ts";
import { claimIdentities, duplicateContact, lockIdentities, namesOf, ownerOf } from "../contacts/contact-names.ts";
import { createContact } from "../contacts/create-contact.ts";
import { findContact, getContact } from "../contacts/get-contact.ts";
import { readPhone } from "../contacts/patched-contact.ts";
import type { Identity } from "../contacts/person-identities.ts";
import { updateContact } from "../contacts/update-contact.ts";
import { writeContactStage } from "../contacts/write-contact-stage.ts";
import { writeOwners } from "../contacts/write-owners.ts";
import type { TxCtx } from "../context.ts";
import { refuseSecondLead } from "./duplicate-lead.ts";
import { type LeadPatch, personOf } from "./lead-fields.ts";
import type { Owner } from "./resolve-owner.ts";

/** The person a new lead is of: the one named, else who has the phone number or mail address, else a new one, who is the owner's. */
export async function personForLead(
  tx: TxCtx,
  input: LeadPatch & { contactId?: number },
  owner: Owner | undefined,
): Promise<{ id: number; was: "known" | "unknown" }> {
  const person = personOf(input);
  checkContactFields(person);
  if (input.contactId !== undefined) return { id: await knownPerson(tx, input.contactId, person), was: "known" };
  const identities = await identitiesOf(tx, person);
  await lockIdentities(tx, identities);
  const known = await ownerOf(tx, identities);
  if (!known || known.deleted) {
    const owned = owner ? { ownerUserId: owner.ownerUserId } : {};
    const { id } = await createContact(tx, { ...person, ...owned, source: input.source ?? null });
    return { id, was: known ? "known" : "unknown" };
  }
  // Somebody else's person is not shown by what is said of a lead.
  if (!(await findContact(tx, known.contact_id))) throw await duplicateContact(tx, known);
  await refuseSecondLead(tx, known.contact_id);
  await claimIdentities(tx, known.contact_id, identities);
  const said = await withoutOwnNames(tx, known.contact_id, person, identities);
  return { id: await knownPerson(tx, known.contact_id, said), was: "known" };
}

async function knownPerson(tx: TxCtx, contactId: number, person: ContactPatch): Promise<number> {
  const said = Object.fromEntries(Object.entries(person).filter(([, value]) => value !== null && value !== ""));
  if (Object.keys(said).length === 0) return (await getContact(tx, contactId)).id;
  return (await updateContact(tx, contactId, said, { companySpelling: "known" })).id;
}

async function identitiesOf(tx: TxCtx, { phone, email }: ContactPatch): Promise<Identity[]> {
  if (!phone?.trim()) return namesOf([], email?.trim());
  return namesOf([readPhone(phone, await companyPlace(tx)).e164], email?.trim());
}

// A variant of the person's own number is no change of it.
async function withoutOwnNames(
  tx: TxCtx,
  contactId: number,
  person: ContactPatch,
  identities: Identity[],
): Promise<ContactPatch> {
  const { phone, email, ...rest } = person;
  const contact = await getContact(tx, contactId);
  const own = contact.phone === null ? [] : namesOf([contact.phone], null).map(({ value }) => value);
  const isSamePhone = identities.some(({ kind, value }) => kind === "phone" && own.includes(value));
  return withoutUndefined({ ...rest, phone: isSamePhone ? undefined : phone, email });
}

/** Who has an open lead has its stage, and its owner where it has one. */
export async function bringPersonInStep(
  tx: TxCtx,
  contactId: number,
  lead: { stage?: Stage; ownerUserId?: number | null },
): Promise<void> {
  const person = await getContact(tx, contactId);
  if (lead.stage !== undefined && lead.stage !== person.stage) await writeContactStage(tx, contactId, lead.stage);
  if (lead.ownerUserId === undefined || lead.ownerUserId === person.ownerUserId) return;
  await writeOwners(tx, [{ contactId, before: person.ownerUserId, after: lead.ownerUserId }]);
}
