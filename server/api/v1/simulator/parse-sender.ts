import { parsePhone } from "../../../../shared/phone/parse-phone.ts";
import type { SimulatedSender } from "../../../../shared/v1/simulator.ts";
import type { SimulatedPerson } from "../../../channels/simulator/build-body.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { type PhoneKeys, phoneKeysOf } from "../../../domain/simulator/simulated-phone.ts";

export function parseSender(from: SimulatedSender): SimulatedPerson {
  const { name, user_id: userId, username } = from;
  if (from.phone === undefined) return { name, userId, username };
  return { name, phone: parseDigits("from/phone", from.phone), userId, username };
}

export function parseDigits(path: string, text: string): string {
  const phone = parsePhone(text);
  if (!phone) throw invalid(path, `${path} is not a phone number with country code`);
  return phone.digits;
}

/** A phone in a path: its number in any spelling, or its owner's user id. */
export function parsePhoneKeys(word: string): PhoneKeys {
  const keys = phoneKeysOf(word);
  if (keys.waId === undefined || /^\d{5,20}$/.test(keys.waId)) return keys;
  throw invalid("phone", "phone is neither a number with country code nor a user id");
}
