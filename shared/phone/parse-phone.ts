import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import { foldDigits } from "./fold-digits.ts";
import { parseJid } from "./jid.ts";
import { canonicalPhone } from "./phone-variants.ts";

/** `valid` is only a flag: number ranges in the library grow old, so a possible number is accepted. */
export type Phone = { e164: string; digits: string; country?: string; valid: boolean };

const longestText = 64;
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const scheme = /^(?:tel|sms|whatsapp):/i;
const spreadsheetDecimals = /^(\d{7,15})\.0+$/;
const shape = /^\(?\+?[\d\s().\-/]{5,}(?:(?:ext|extn|x|#)\.?\s?\d{1,6})?$/i;
const extension = /(?:ext|extn|x|#)\.?\s?\d{1,6}$/i;
const internationalPrefix = /^\(?(?:\+|00)/;
const leastDigits = 7;

/**
 * Reads a phone number as people, spreadsheets and WhatsApp write it. Bare digits are a `wa_id` (already international)
 * when that reading is a valid number, because most of them come from WhatsApp; the national reading of `defaultCountry`
 * comes next. Digits with separators were typed by a person: there the national reading comes first.
 */
export function parsePhone(text: string, defaultCountry?: string): Phone | undefined {
  if (text.length > longestText) return undefined;
  const written = tidy(text);
  if (/[@_]/.test(written)) return phoneOfJid(written);
  if (!shape.test(written)) return undefined;
  const number = written.replace(extension, "").trim();
  const digits = number.replace(/\D/g, "");
  if (internationalPrefix.test(number)) return international(number.includes("+") ? digits : digits.slice(2));
  const country = countryCode(defaultCountry);
  const home = country === undefined ? undefined : national(number, digits, country);
  const abroad = /^[(0]/.test(number) || digits.length < leastDigits ? undefined : international(digits);
  const readings = /^\d+$/.test(number) ? [abroad, home] : [home, abroad];
  return readings.find((reading) => reading?.valid) ?? readings.find((reading) => reading !== undefined);
}

function tidy(text: string): string {
  const plain = foldDigits(text.normalize("NFKC"))
    .replace(invisible, "")
    .replace(/[‐-―−]/g, "-")
    .trim();
  return plain.replace(scheme, "").replace(spreadsheetDecimals, "$1");
}

// WhatsApp itself vouches for the number in an id, so that it is taken even where the numbering plan doesn't know it.
function phoneOfJid(text: string): Phone | undefined {
  const jid = parseJid(text);
  if (jid.kind !== "phone") return undefined;
  return international(jid.digits) ?? { e164: jid.e164, digits: jid.digits, valid: false };
}

function international(digits: string): Phone | undefined {
  if (digits.length < leastDigits || digits.startsWith("0")) return undefined;
  const text = `+${digits}`;
  const number = parsePhoneNumberFromString(text, { extract: false });
  if (number?.isPossible()) return phoneOf(number.number, number, text);
  // The numbering plan dropped Mexico's 521 in 2019; WhatsApp did not.
  const canonical = parsePhoneNumberFromString(canonicalPhone(digits), { extract: false });
  return canonical?.isPossible() ? phoneOf(`+${digits}`, canonical) : undefined;
}

function national(text: string, digits: string, country: CountryCode): Phone | undefined {
  const written = country === "MX" ? digits.replace(/^(?:01|04[45])(?=\d{10}$)/, "") : text;
  const number = parsePhoneNumberFromString(written, { defaultCountry: country, extract: false });
  if (!number?.isPossible()) return undefined;
  const phone = phoneOf(number.number, number);
  // Short codes pass as possible where a numbering plan allows very short landlines (DE).
  return phone.valid || digits.length >= leastDigits ? phone : undefined;
}

function phoneOf(e164: string, number: PhoneNumber, readFrom?: string): Phone {
  const spelling = canonicalPhone(e164);
  // Mostly it is what was read just now.
  const canonical = spelling === readFrom ? number : parsePhoneNumberFromString(spelling, { extract: false });
  const country = number.country ?? canonical?.country;
  const valid = number.isValid() || canonical?.isValid() === true;
  return { e164, digits: e164.slice(1), ...(country === undefined ? {} : { country }), valid };
}

function countryCode(text: string | undefined): CountryCode | undefined {
  const code = text?.toUpperCase();
  return code !== undefined && isSupportedCountry(code) ? code : undefined;
}
