import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { canonicalPhone } from "./phone-variants.ts";

/** `+919876543210` as `+91 98765 43210`; what no numbering plan knows is shown as it is. */
export function formatPhone(e164: string): string {
  return parsePhoneNumberFromString(canonicalPhone(e164), { extract: false })?.formatInternational() ?? e164;
}
