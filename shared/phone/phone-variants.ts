import { parsePhoneNumberFromString } from "libphonenumber-js/max";

const brazilAreaCode = "(?:1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])";
// Numbers that begin with 6–9 existed before Brazil's ninth digit; newer ones (9 0–5…) would collide with a landline without it.
const brazilWithNinth = new RegExp(`^55(${brazilAreaCode})9([6-9]\\d{7})$`);
const brazilWithoutNinth = new RegExp(`^55(${brazilAreaCode})([6-9]\\d{7})$`);
const mexicoWithOne = /^521([2-9]\d{9})$/;
const mexicoWithoutOne = /^52([2-9]\d{9})$/;
const argentinaWithNine = /^549([1-3]\d{9})$/;
const argentinaWithoutNine = /^54([1-3]\d{9})$/;
const argentinaWithFifteen = /^54[1-3]\d{11}$/;

/**
 * One key for every spelling of the same WhatsApp user: Brazil with its ninth digit, Mexico without the 1, Argentina with
 * the 9. A key for comparing, not a number to dial: a landline of Argentina gets the 9 too. Other countries (also DE, IN,
 * US) have one spelling.
 */
export function canonicalPhone(e164: string): string {
  const digits = e164.replace(/\D/g, "");
  return `+${canonicalDigits(digits)}`;
}

/** Every spelling that means the same WhatsApp user, as `wa_id` writes it (digits only), the canonical one first. */
export function phoneVariants(e164: string): string[] {
  const canonical = canonicalPhone(e164).slice(1);
  const brazil = brazilWithNinth.exec(canonical);
  if (brazil) return [canonical, `55${brazil[1]}${brazil[2]}`];
  const mexico = mexicoWithoutOne.exec(canonical);
  if (mexico) return [canonical, `521${mexico[1]}`];
  const national = argentinaWithNine.exec(canonical)?.[1];
  if (national !== undefined) return [canonical, `54${national}`, ...spelledWithFifteen(canonical, national)];
  return [canonical];
}

function canonicalDigits(digits: string): string {
  const brazil = brazilWithoutNinth.exec(digits);
  if (brazil) return `55${brazil[1]}9${brazil[2]}`;
  const mexico = mexicoWithOne.exec(digits);
  if (mexico) return `52${mexico[1]}`;
  const argentina = argentinaWithoutNine.exec(digits);
  if (argentina) return `549${argentina[1]}`;
  if (argentinaWithFifteen.test(digits)) return withoutFifteen(digits);
  return digits;
}

// Where the 15 stands depends on the area code's length (two to four digits), which only the numbering plan knows.
function withoutFifteen(digits: string): string {
  const number = parsePhoneNumberFromString(`+${digits}`, { extract: false })?.number.slice(1);
  return number !== undefined && argentinaWithNine.test(number) ? number : digits;
}

function spelledWithFifteen(canonical: string, national: string): string[] {
  const formatted = parsePhoneNumberFromString(`+${canonical}`, { extract: false })?.formatInternational();
  const area = formatted?.split(" ")[2];
  if (area === undefined || area.length > 4 || !national.startsWith(area)) return [];
  const spelled = `54${area}15${national.slice(area.length)}`;
  return withoutFifteen(spelled) === canonical ? [spelled] : [];
}
