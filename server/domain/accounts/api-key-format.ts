import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const pattern = /^(rpt_[0-9A-Za-z]{8}_[0-9A-Za-z]{40})([0-9A-Za-z]{6})$/;

/** `rpt_<prefix>_<secret><checksum>`: findable by secret scanners, 238 bits of secret, one word to a double click. */
export function newApiKey(): { key: string; prefix: string } {
  const prefix = `rpt_${randomText(8)}`;
  const body = `${prefix}_${randomText(40)}`;
  return { key: body + checksum(body), prefix };
}

/** Whether a text can be a key of ours; what is mistyped or made up costs no look into the database. */
export function isApiKey(text: string): boolean {
  const [, body, sum] = pattern.exec(text) ?? [];
  return body !== undefined && checksum(body) === sum;
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < 6; place += 1) {
    digits = alphabet.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
