import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { addPersonKeys } from "../contacts/add-person-keys.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import { resolvePeople } from "../contacts/resolve-people.ts";
import type { TxCtx } from "../context.ts";
import type { InboundUpdate, PersonKeys } from "./inbound-update.ts";
import type { Routed } from "./receive-messages.ts";

export type PersonUpdate = Extract<InboundUpdate, { kind: "identity_changed" | "contact_synced" | "preference" }>;

/** What a provider says of people outside of messages: a new number or id, the phone's address book, a marketing preference. */
export async function applyPersonUpdates(tx: TxCtx, items: Routed<PersonUpdate>[]): Promise<void> {
  for (const { update } of items) await applyOne(tx, update);
}

async function applyOne(tx: TxCtx, update: PersonUpdate): Promise<void> {
  switch (update.kind) {
    case "identity_changed":
      return changeIdentity(tx, update);
    case "contact_synced":
      if (update.action === "add")
        await resolvePeople(tx, [{ keys: named(update), source: "whatsapp_address_book", seenAt: update.at }]);
      return;
    case "preference":
      return keepPreference(tx, update);
  }
}

async function changeIdentity(tx: TxCtx, update: Extract<PersonUpdate, { kind: "identity_changed" }>): Promise<void> {
  const [person] = await resolvePeople(tx, [{ keys: update.from, source: "whatsapp", seenAt: update.at }]);
  if (person)
    await addPersonKeys(tx, person.contactId, update.to, {
      evidence: withoutUndefined({ text: update.text }),
      at: update.at,
    });
}

async function keepPreference(tx: TxCtx, update: Extract<PersonUpdate, { kind: "preference" }>): Promise<void> {
  const [person] = await resolvePeople(tx, [{ keys: update.person, source: "whatsapp", seenAt: update.at }]);
  if (!person) return;
  await recordConsent(tx, {
    contactId: person.contactId,
    channel: "whatsapp",
    purpose: update.category === "marketing_messages" ? "marketing" : update.category,
    state: update.value === "stop" ? "withdrawn" : "granted",
    source: "user_preferences webhook",
    at: update.at,
  });
}

function named(update: Extract<PersonUpdate, { kind: "contact_synced" }>): PersonKeys {
  const profileName = update.fullName ?? update.firstName ?? update.person.profileName;
  return { ...update.person, ...(profileName === undefined ? {} : { profileName }) };
}
