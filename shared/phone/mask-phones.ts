import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Json } from "../json.ts";

const dots = "•••••";

/** `+5511987651234` as `+55 ••••• 1234`: the country and the last four digits, of short numbers two. */
export function maskPhone(text: string): string {
  const digits = text.replace(/\D/g, "");
  const shown = digits.length > 8 ? digits.slice(-4) : digits.slice(-2);
  const country = parsePhoneNumberFromString(`+${digits}`, { extract: false })?.countryCallingCode;
  return country === undefined ? `${dots} ${shown}` : `+${country} ${dots} ${shown}`;
}

const maskedPhone = /^\s*(?:\+\d{1,3} )?•{5} \d{2,4}\s*$/;

/** What maskPhone gave, sent back. */
export function isMaskedPhone(text: string): boolean {
  return maskedPhone.test(text);
}

/** Hides every phone number in an answer: by the names of fields that hold one, and in any other text by its look. */
export function maskPhones(value: Json, key = ""): Json {
  if (typeof value === "string") return maskText(key, value);
  if (typeof value === "number") return phoneKey.test(key) && value > 999_999 ? maskPhone(String(value)) : value;
  if (Array.isArray(value)) return value.map((item) => maskPhones(item, key));
  if (value === null || typeof value !== "object") return value;
  const isNumber = typeof value.kind === "string" && /^(?:phone|wa_id|jid)$/.test(value.kind);
  const keyOf = (name: string) => (isNumber && (name === "value" || name === "raw") ? "phone" : name);
  const entries = Object.entries(value).map(
    ([name, item]) => [maskedInText(name), maskPhones(item, keyOf(name))] as const,
  );
  return Object.fromEntries(entries);
}

/** Hides the numbers in a text that has no fields: a table, a calendar. */
export function maskedInText(text: string): string {
  return text
    .replace(vendorMessageId, (id) => `wamid.${dots}${id.slice(-6)}`)
    .replace(chatId, maskDigits)
    .replace(international, maskDigits)
    .replace(areaInBrackets, maskDigits)
    .replace(bareDigits, maskDigits);
}

// A number of ours at the vendor is an id; "to" and "from" are people or times.
const phoneKey = /phone(?!_?number_?id)|mobile|whatsapp_?(?:id|number)|wa_?id|jid|msisdn|caller|callee/i;
const placeKey = /^(?:to|from|recipient|sender)$/i;
const phoneLook = /^(?:tel:)?\(?\+?[\d\s().\-/]{6,24}$/i;
const dateLook = /^\d{4}-\d\d-\d\d/;
// Names of rows, of pages and of files, and sums: digits that are nobody's number.
const otherKey =
  /(?:^|_)ids?$|Ids?$|cursor|token|secret|sha256|hash|etag|uuid|version|url$|href|amount|price|budget|revenue|balance|cost|points|_at$|At$|_on$|On$/;

// A message's id at WhatsApp holds the person's number in base64.
const vendorMessageId = /wamid\.[\w+/=-]+/g;
const chatId = /\d{7,15}(?=(?:[.:_]\d+)*[@_](?:c[._]us|s[._]whatsapp[._]net))/g;
const international = /(?<![\w+])(?:\+|00)[1-9][\d\s().\-/]{5,20}\d/g;
const areaInBrackets = /\(\d{2,5}\)\s?\d[\d\s.-]{5,12}\d/g;
const bareDigits = /(?<![\w.+/=:-])[1-9]\d{9,14}(?![\w/=-]|\.\d)/g;

function maskText(key: string, text: string): string {
  if (phoneKey.test(key) && /\d{2}/.test(text) && !isMaskedPhone(text)) return maskWhole(text);
  if (placeKey.test(key) && phoneLook.test(text) && !dateLook.test(text)) return maskPhone(text);
  if (otherKey.test(key))
    return text.replace(vendorMessageId, (id) => `wamid.${dots}${id.slice(-6)}`).replace(chatId, maskDigits);
  return maskedInText(text);
}

function maskWhole(text: string): string {
  return phoneLook.test(text) || /^\d+@/.test(text) ? maskPhone(text.replace(/@.*/, "")) : maskedInText(text);
}

function maskDigits(found: string): string {
  return found.replace(/\D/g, "").length >= 7 ? maskPhone(found) : found;
}
