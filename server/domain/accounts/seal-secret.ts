import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a channel's secret for the database (AES-256-GCM) as `v1.<key id>.<base64url>`.
 * @param key 32 bytes as base64url
 * @param context what the secret belongs to, such as a channel's id; a sealed text moved to another row doesn't open
 */
export function sealSecret(key: string, plain: string, context = ""): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", bytesOf(key), nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `v1.${keyId(key)}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64url")}`;
}

/** The secret again; throws SealError when it was sealed with another key or changed since. */
export function openSecret(key: string, sealed: string, context = ""): string {
  const [version, id, text, ...rest] = sealed.split(".");
  if (version !== "v1" || text === undefined || rest.length > 0) throw new SealError("This is no sealed secret.");
  if (id !== keyId(key)) throw new SealError("The secret was sealed with another key.");
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length < nonceBytes + tagBytes) throw new SealError("The sealed secret is incomplete.");
  try {
    const nonce = bytes.subarray(0, nonceBytes);
    const cipher = createDecipheriv("aes-256-gcm", bytesOf(key), nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([cipher.update(bytes.subarray(nonceBytes, -tagBytes)), cipher.final()]).toString("utf8");
  } catch {
    throw new SealError("The sealed secret was changed or belongs to something else.");
  }
}

export class SealError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SealError";
  }
}

/** Names the key without giving it away, so that a key can be replaced while old rows still carry the old one's name. */
function keyId(key: string): string {
  return createHash("sha256").update("rapport key id").update(bytesOf(key)).digest("base64url").slice(0, 8);
}

function bytesOf(key: string): Buffer {
  const bytes = Buffer.from(key, "base64url");
  if (bytes.length !== 32) throw new SealError("The encryption key is not 32 bytes long.");
  return bytes;
}
