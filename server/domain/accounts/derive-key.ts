import { hkdfSync } from "node:crypto";

/** A key of its own for each purpose (RFC 8725, 3.8), out of the installation's one signing secret. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", Buffer.from(secret, "base64url"), "", `rapport ${purpose}`, 32));
}
