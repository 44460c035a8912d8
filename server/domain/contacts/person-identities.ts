import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import { phoneVariants } from "../../../shared/phone/phone-variants.ts";
import type { PersonKeys } from "../conversations/inbound-update.ts";

export type Identity = {
  kind: "user_id" | "phone" | "jid" | "parent_user_id" | "username" | "wa_id" | "email";
  value: string;
  raw: string;
};

/**
 * The rows a provider's keys make, strongest proof first. A phone stands in one spelling for all its variants; the wa_id is kept as
 * WhatsApp spells it, because that is what a message is sent to.
 */
export function identitiesOf(keys: PersonKeys): Identity[] {
  const phone = phoneOf(keys);
  const identities: (Identity | undefined)[] = [
    one("user_id", keys.userId),
    phone === undefined ? undefined : { kind: "phone", value: phone.key, raw: phone.e164 },
    one("jid", keys.jid),
    one("parent_user_id", keys.parentUserId),
    one("wa_id", keys.waId),
    one("email", keys.email),
    one("username", keys.username?.toLowerCase()),
  ];
  return identities.filter((identity) => identity !== undefined);
}

type KeysPhone = { e164: string; key: string; country?: string };

// One message asks three times (who is it, their row, by which identity it came), and libphonenumber takes 30 µs each time.
const phones = new WeakMap<PersonKeys, KeysPhone | "none">();

/** The number behind the keys: as shown, and as compared. */
export function phoneOf(keys: PersonKeys): KeysPhone | undefined {
  const known = phones.get(keys) ?? readPhone(keys) ?? "none";
  phones.set(keys, known);
  return known === "none" ? undefined : known;
}

function readPhone(keys: PersonKeys): KeysPhone | undefined {
  // WhatsApp vouches for a number in its own id, also where no numbering plan knows it.
  const written = keys.waId === undefined ? keys.phone : `${keys.waId}@s.whatsapp.net`;
  if (written === undefined) return undefined;
  const phone = parsePhone(written);
  const e164 = phone?.e164 ?? keys.phone ?? written;
  const key = phoneVariants(e164)[0] ?? e164.replace(/\D/g, "");
  return { e164, key, ...(phone?.country === undefined ? {} : { country: phone.country }) };
}

function one(kind: Identity["kind"], value: string | undefined): Identity | undefined {
  // A b-tree entry has room for about 2,700 bytes; no provider's id comes near.
  return value === undefined || value.length > 500 ? undefined : { kind, value, raw: value };
}
