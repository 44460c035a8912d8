import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import { requireMember } from "../accounts/require-member.ts";
import type { TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { invalid } from "../domain-error.ts";
import { instantOf } from "../instant.ts";
import { organizationKnown, organizationWritten } from "../organizations/organization-written.ts";
import { requireOrganization } from "../organizations/require-organization.ts";
import { requireOwnerInReach } from "../reach/reach.ts";
import type { Contact } from "./contact.ts";
import type { ContactPatch } from "./contact-fields.ts";
import { splitName } from "./insert-newcomers.ts";

/** What of a person can be edited, as the columns hold it; the organization's name only for search and journal. */
export type ContactFields = Pick<
  Contact,
  | "name"
  | "firstName"
  | "lastName"
  | "phone"
  | "email"
  | "organizationId"
  | "company"
  | "position"
  | "source"
  | "notes"
  | "leadScore"
  | "ownerUserId"
  | "country"
  | "language"
  | "avatarUrl"
  | "lastContactedAt"
  | "nextFollowUpAt"
  | "doNotContact"
  | "custom"
>;

export type Place = { defaultCountry: string | undefined };

/** Whether a company's name joins the organization known under any spelling, or is taken by the letter. */
export type CompanySpelling = { kind: "known" } | { kind: "written"; contactId: number };

/** The fields after a patch that was checked: names kept in step, phone and times spelled in one way, the organization found or made. */
export async function patchedContact(
  tx: TxCtx,
  before: ContactFields,
  patch: ContactPatch,
  place: Place,
  spelling: CompanySpelling = { kind: "known" },
): Promise<ContactFields> {
  if (patch.ownerUserId !== undefined) await requireMember(tx, "ownerUserId", patch.ownerUserId);
  if (patch.ownerUserId !== undefined) requireOwnerInReach(tx, patch.ownerUserId);
  return {
    ...names(before, patch),
    ...phoneFields(before, patch, place),
    email: text(patch.email?.trim(), patch.email, before.email),
    ...(await organization(tx, before, patch, spelling)),
    position: text(patch.position, patch.position, before.position),
    source: text(patch.source, patch.source, before.source),
    notes: text(patch.notes, patch.notes, before.notes),
    leadScore: patch.leadScore ?? before.leadScore,
    ownerUserId: patch.ownerUserId === undefined ? before.ownerUserId : patch.ownerUserId,
    language: text(patch.language, patch.language, before.language),
    avatarUrl: text(patch.avatarUrl, patch.avatarUrl, before.avatarUrl),
    lastContactedAt: time("lastContactedAt", patch.lastContactedAt, before.lastContactedAt),
    nextFollowUpAt: time("nextFollowUpAt", patch.nextFollowUpAt, before.nextFollowUpAt),
    doNotContact: patch.doNotContact ?? before.doNotContact,
    custom: patch.custom === undefined ? before.custom : await mergeCustom(tx, "contact", before.custom, patch.custom),
  };
}

/** The number as it is kept and shown. One written with its + is taken although the numbering plan does not know it: plans grow. */
export function readPhone(written: string, place: Place): { e164: string; country: string | null } {
  const phone = parsePhone(written, place.defaultCountry);
  const bare = written.replace(/[\s().-]/g, "");
  if (!phone && /^\+[1-9]\d{8,14}$/.test(bare)) return { e164: bare, country: null };
  if (!phone) throw invalid("phone", "phone must be a phone number such as +14155550123");
  return { e164: phone.e164, country: phone.country ?? null };
}

function names(before: ContactFields, patch: ContactPatch): Pick<ContactFields, "name" | "firstName" | "lastName"> {
  const { name, firstName, lastName } = patch;
  if (name !== undefined) {
    const split = splitName(name ?? "");
    return { name: name ?? "", firstName: firstName ?? split.first_name, lastName: lastName ?? split.last_name };
  }
  if (firstName === undefined && lastName === undefined) return before;
  const first = firstName === undefined ? before.firstName : (firstName ?? "");
  const last = lastName === undefined ? before.lastName : (lastName ?? "");
  return { name: [first, last].filter((part) => part !== "").join(" "), firstName: first, lastName: last };
}

function phoneFields(
  before: ContactFields,
  patch: ContactPatch,
  place: Place,
): Pick<ContactFields, "phone" | "country"> {
  if (patch.phone === undefined) return { phone: before.phone, country: before.country };
  if (!patch.phone?.trim()) return { phone: null, country: before.country };
  const phone = readPhone(patch.phone, place);
  return { phone: phone.e164, country: phone.country ?? before.country };
}

async function organization(
  tx: TxCtx,
  before: ContactFields,
  patch: ContactPatch,
  spelling: CompanySpelling,
): Promise<Pick<ContactFields, "organizationId" | "company">> {
  if (patch.organizationId) {
    const { id, name } = await requireOrganization(tx, "organizationId", patch.organizationId);
    return { organizationId: id, company: name };
  }
  if (patch.company?.trim()) {
    const { id, name } = await organizationOf(tx, before, patch.company, spelling);
    return { organizationId: id, company: name };
  }
  if (patch.company === undefined && patch.organizationId === undefined) {
    return { organizationId: before.organizationId, company: before.company };
  }
  return { organizationId: null, company: null };
}

function organizationOf(tx: TxCtx, before: ContactFields, company: string, spelling: CompanySpelling) {
  const { organizationId } = before;
  return spelling.kind === "known"
    ? organizationKnown(tx, company)
    : organizationWritten(tx, company, { contactId: spelling.contactId, organizationId });
}

/** An empty text clears as null does. */
function text(
  value: string | null | undefined,
  given: string | null | undefined,
  before: string | null,
): string | null {
  return given === undefined ? before : value || null;
}

function time(path: string, value: string | null | undefined, before: string | null): string | null {
  if (value === undefined) return before;
  // Spelled as the database gives it back, so that an unchanged time is no change.
  return value === null || value === "" ? null : instantOf(path, value).replace(".000Z", "Z");
}
