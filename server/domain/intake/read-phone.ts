import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import { isOfOthers } from "./of-others.ts";
import type { Reading } from "./reading.ts";

const international = /(?<![\p{L}\p{N}])(?:\+|00)\d[\d ().-]{6,20}\d(?!\p{N})/gu;

/** A phone number written with its country code; digits alone could be anything. */
export function readPhone(reading: Reading): string | undefined {
  for (const { 0: written, index } of reading.plain.matchAll(international)) {
    if (isOfOthers(reading, { start: index, end: index + written.length })) continue;
    const phone = parsePhone(written);
    return phone?.valid ? phone.e164 : undefined;
  }
  return undefined;
}
