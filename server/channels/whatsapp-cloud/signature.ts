import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** The value of X-Hub-Signature-256 for these bytes. */
export function signBody(secret: string, rawBytes: Uint8Array | string): string {
  return `sha256=${createHmac("sha256", secret).update(rawBytes).digest("hex")}`;
}

/** Whether Meta signed exactly these bytes. Never over a re-serialised body: Meta escapes é as \u00e9 and / as \/. */
export function verifySignature(secret: string, rawBytes: Buffer, header: string | undefined): boolean {
  if (typeof header !== "string" || secret === "") return false;
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header.trim())?.[1];
  if (given === undefined) return false;
  const expected = createHmac("sha256", secret).update(rawBytes).digest();
  return timingSafeEqual(Buffer.from(given, "hex"), expected);
}

/** What to answer, as plain text, to Meta's GET handshake; nothing when it does not know our token. */
export function verifyChallenge(query: Record<string, unknown>, verifyToken: string): string | undefined {
  const token = query["hub.verify_token"];
  const challenge = query["hub.challenge"];
  if (query["hub.mode"] !== "subscribe" || verifyToken === "") return undefined;
  // A repeated parameter comes as an array and is refused.
  if (typeof token !== "string" || typeof challenge !== "string" || challenge === "") return undefined;
  return timingSafeEqual(digest(token), digest(verifyToken)) ? challenge : undefined;
}

/** Equal lengths for timingSafeEqual, so that the token's length is not told either. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
