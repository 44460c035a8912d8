import type { TxCtx } from "../context.ts";
import type { PersonKeys } from "../conversations/inbound-update.ts";
import { lockNames } from "../conversations/lock-names.ts";
import { proposeMerge } from "../merges/propose-merge.ts";
import { fillNames, type LearntName } from "./fill-names.ts";
import { fillPhones, type LearntPhone } from "./fill-phones.ts";
import { addIdentities, findByIdentities, type KnownIdentity } from "./identity-rows.ts";
import { insertNewcomers } from "./insert-newcomers.ts";
import { type Identity, identitiesOf, phoneOf } from "./person-identities.ts";

export type PersonInput = { keys: PersonKeys; source: string; seenAt: Date };
export type ResolvedPerson = { contactId: number; created: boolean };

type Slot = {
  contactId?: number;
  identities: Identity[];
  input: PersonInput;
  rivals: Set<number>;
  profileName?: string;
};

/**
 * The contact behind each set of keys, matched or made. The business-scoped id is asked first, then the phone in all its variants;
 * where two keys lead to two people the phone decides and a merge is proposed, never made. Two batches that speak of the same
 * person wait for each other, so that nobody is made twice.
 */
export async function resolvePeople(tx: TxCtx, inputs: PersonInput[]): Promise<ResolvedPerson[]> {
  if (inputs.length === 0) return [];
  const identities = inputs.map(({ keys }) => identitiesOf(keys));
  await lockNames(tx, identities.flat().map(nameOf));
  const known = new Map((await findByIdentities(tx, identities.flat())).map((row) => [nameOf(row), row]));
  const slots = slotsOf(inputs, identities, known);
  const newSlots = [...new Set(slots)].filter((slot) => slot.contactId === undefined);
  const createdIds = await insertNewcomers(tx, newSlots.map(newcomerOf));
  newSlots.forEach((slot, index) => {
    slot.contactId = createdIds[index] ?? 0;
  });
  await addIdentities(tx, missingIdentities(slots, known));
  await fillPhones(tx, phonesLearnt(slots, known, new Set(newSlots)));
  await fillNames(tx, namesLearnt(slots, known));
  await proposeMerges(tx, slots);
  const created = new Set(newSlots);
  return slots.map((slot) => ({ contactId: slot.contactId ?? 0, created: created.has(slot) }));
}

/** One slot a person: inputs that share a key with each other, or with someone known, share it. */
function slotsOf(inputs: PersonInput[], identities: Identity[][], known: Map<string, KnownIdentity>): Slot[] {
  const byName = new Map<string, Slot>();
  const byContact = new Map<number, Slot>();
  return inputs.map((input, index) => {
    const own = identities[index] ?? [];
    const contacts = own.flatMap((identity) => matchOf(identity, known));
    const contactId =
      input.keys.contactId ?? contacts.find(({ kind }) => kind === "phone")?.contactId ?? contacts[0]?.contactId;
    const slot =
      (contactId === undefined ? undefined : byContact.get(contactId)) ??
      own
        .map((identity) => byName.get(nameOf(identity)))
        .find((found) => found !== undefined && agrees(found, contactId)) ??
      newSlot(input, contactId);
    slot.identities.push(...own);
    if (input.keys.profileName) slot.profileName ??= input.keys.profileName;
    for (const rival of contacts) if (rival.contactId !== contactId) slot.rivals.add(rival.contactId);
    for (const identity of own) if (isProof(identity)) byName.set(nameOf(identity), slot);
    if (contactId !== undefined) byContact.set(contactId, slot);
    return slot;
  });
}

function matchOf(identity: Identity, known: Map<string, KnownIdentity>): { kind: string; contactId: number }[] {
  const row = isProof(identity) ? known.get(nameOf(identity)) : undefined;
  return row ? [{ kind: identity.kind, contactId: row.contact_id }] : [];
}

/** A username can pass from one person to another, so it is noted and proves nothing. */
function isProof({ kind }: Identity): boolean {
  return kind !== "username";
}

function agrees(slot: Slot, contactId: number | undefined): boolean {
  return contactId === undefined || slot.contactId === undefined || slot.contactId === contactId;
}

function newSlot(input: PersonInput, contactId: number | undefined): Slot {
  return { input, identities: [], rivals: new Set(), ...(contactId === undefined ? {} : { contactId }) };
}

function newcomerOf({ input, profileName }: Slot) {
  const phone = phoneOf(input.keys);
  return {
    name: profileName ?? "",
    phone: phone?.e164 ?? null,
    email: input.keys.email ?? null,
    country: phone?.country ?? null,
    source: input.source,
  };
}

function missingIdentities(slots: Slot[], known: Map<string, KnownIdentity>) {
  return [...new Set(slots)].flatMap((slot) =>
    slot.identities
      .filter((identity) => !known.has(nameOf(identity)))
      .map((identity) => ({ ...identity, contactId: slot.contactId ?? 0 })),
  );
}

/** A person known by a user id alone whose number came with a later message. */
function phonesLearnt(slots: Slot[], known: Map<string, KnownIdentity>, created: Set<Slot>): LearntPhone[] {
  return [...new Set(slots)].flatMap((slot) => {
    const identity = slot.identities.find(({ kind }) => kind === "phone");
    if (!identity || created.has(slot) || known.has(nameOf(identity))) return [];
    return [{ contactId: slot.contactId ?? 0, phone: identity.raw }];
  });
}

/** A person who came without a name: an echo, a history or a form spoke of them before they wrote. */
function namesLearnt(slots: Slot[], known: Map<string, KnownIdentity>): LearntName[] {
  const nameless = new Set([...known.values()].filter((row) => row.nameless).map((row) => row.contact_id));
  if (nameless.size === 0) return [];
  return [...new Set(slots)].flatMap(({ contactId, profileName, input }) => {
    // A mail without a display name is called by its address, which is no name.
    if (contactId === undefined || !nameless.has(contactId) || !profileName || profileName === input.keys.email)
      return [];
    return [{ contactId, name: profileName }];
  });
}

async function proposeMerges(tx: TxCtx, slots: Slot[]): Promise<void> {
  for (const slot of new Set(slots)) {
    for (const rival of slot.rivals) {
      const evidence = { identities: slot.identities.map(({ kind, value }) => ({ kind, value })) };
      await proposeMerge(tx, slot.contactId ?? 0, rival, "One message named both people.", evidence);
    }
  }
}

function nameOf({ kind, value }: { kind: string; value: string }): string {
  return `${kind} ${value}`;
}
