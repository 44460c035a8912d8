import { createECDH, hkdfSync } from "node:crypto";

/** Our identity towards push services (RFC 8292): base64url, as the protocol wants them. */
export type VapidKeys = { publicKey: string; privateKey: string };

/** The order of P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * Follows from the installation's secret: the same in all its processes and as long as that secret lives, with nothing more to store
 * or to lose. 48 bytes, so that the remainder favours no key (FIPS 186-5, A.2.1).
 */
export function vapidKeys(encryptionKey: string): VapidKeys {
  const seed = Buffer.from(
    hkdfSync("sha256", Buffer.from(encryptionKey, "base64url"), "", "rapport web push identity", 48),
  );
  const scalar = (BigInt(`0x${seed.toString("hex")}`) % (order - 1n)) + 1n;
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(Buffer.from(scalar.toString(16).padStart(64, "0"), "hex"));
  return {
    publicKey: ecdh.getPublicKey().toString("base64url"),
    privateKey: ecdh.getPrivateKey().toString("base64url"),
  };
}
