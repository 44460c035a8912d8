import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import type { Reading } from "./reading.ts";

const international = /(?<![\p{L}\p{N}])(?:\+|00)\d[\d ().-]{6,20}\d(?!\p{N})/u;

/** A phone number written with its country code; digits alone could be anything. */
export function readPhone(reading: Reading): string | undefined {
  const written = international.exec(reading.plain)?.[0];
  const phone = written === undefined ? undefined : parsePhone(written);
  return phone?.valid ? phone.e164 : undefined;
}
