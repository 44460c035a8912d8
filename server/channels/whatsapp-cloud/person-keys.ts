import { textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { PersonKeys } from "../../domain/conversations/inbound-update.ts";

/** Meta's fields that name a person, whatever they are called where they stand. */
type RawPerson = {
  phone?: unknown;
  userId?: unknown;
  parentUserId?: unknown;
  username?: unknown;
  profileName?: unknown;
};

const maxKeyLength = 256;

export function personKeys(raw: RawPerson): PersonKeys {
  const waId = phoneDigits(raw.phone);
  return withoutUndefined({
    waId,
    phone: waId !== undefined && waId.length >= 7 && waId.length <= 15 ? `+${waId}` : undefined,
    // Some senders put the user id where the phone used to stand.
    userId: keyOf(raw.userId) ?? userIdIn(raw.phone),
    parentUserId: keyOf(raw.parentUserId),
    username: keyOf(raw.username)?.replace(/^@/, "") || undefined,
    profileName: profileNameOf(raw.profileName),
  });
}

/** Whether anything in it tells this person from another; a name alone does not. */
export function isNamed(person: PersonKeys): boolean {
  return [person.waId, person.phone, person.userId, person.jid, person.username].some((key) => key !== undefined);
}

/** The digits of what is written as a phone number; nothing for any other text. */
export function phoneDigits(value: unknown): string | undefined {
  const text = textOf(value)?.trim();
  if (text === undefined || !/^\+?[\d\s().-]{5,30}$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, "");
  return digits.length >= 5 && digits.length <= 20 ? digits : undefined;
}

function userIdIn(value: unknown): string | undefined {
  const text = keyOf(value);
  return text !== undefined && /^[A-Z]{2}\.[A-Za-z0-9.]+$/.test(text) ? text : undefined;
}

/** Keys are indexed, and a b-tree refuses long ones; WhatsApp's stay under 140 characters. */
function keyOf(value: unknown): string | undefined {
  const key = textOf(value)?.trim();
  return key !== undefined && key !== "" && key.length <= maxKeyLength ? key : undefined;
}

function profileNameOf(value: unknown): string | undefined {
  const name = textOf(value)?.trim();
  if (name === undefined || name === "") return undefined;
  return name.length <= maxKeyLength ? name : Array.from(name).slice(0, maxKeyLength).join("");
}
