import { CompactSign, compactVerify, errors } from "jose";
import { numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { Role } from "../context.ts";
import { asciiJson } from "./ascii-json.ts";
import { deriveKey } from "./derive-key.ts";
import type { SignedIn } from "./signed-in.ts";
import { displayName } from "./user.ts";

export const accessTokenSeconds = 3_600;

const issuer = "rapport";
const type = "at+jwt";

export type AccessClaims = {
  email: string;
  userId: number;
  companyId: number;
  /** The sign-in it came from; its end ends the token. */
  familyId: string;
  /** State of the account at the sign-in, in milliseconds; a changed password moves the account on. */
  validFrom: number;
  expiresAt: number;
};

export function accessTokenKey(signingSecret: string): Buffer {
  return deriveKey(signingSecret, "access token");
}

export async function signAccessToken(
  key: Uint8Array,
  signedIn: SignedIn,
  familyId: string,
  now: Date,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const payload = {
    sub: signedIn.email,
    user_id: signedIn.userId,
    role: signedIn.role satisfies Role,
    name: displayName(signedIn),
    accountId: String(signedIn.companyId),
    company_id: signedIn.companyId,
    sid: familyId,
    // Compared for equality rather than with iat, whose whole seconds cannot tell before from after.
    ver: Date.parse(signedIn.tokensValidFrom),
    iss: issuer,
    aud: issuer,
    iat: issuedAt,
    exp: issuedAt + accessTokenSeconds,
  };
  return new CompactSign(Buffer.from(asciiJson(payload))).setProtectedHeader({ alg: "HS256", typ: type }).sign(key);
}

/** What the token says, when it is ours, of this kind and not over (RFC 8725: one algorithm, type, issuer, audience). */
export async function verifyAccessToken(key: Uint8Array, token: string, now: Date): Promise<AccessClaims | undefined> {
  const verified = await compactVerify(token, key, { algorithms: ["HS256"] }).catch((error: unknown) => {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  });
  if (verified?.protectedHeader.typ !== type) return undefined;
  const claims = objectOf(parse(Buffer.from(verified.payload).toString("utf8")));
  if (!claims || claims.iss !== issuer || claims.aud !== issuer) return undefined;
  return readClaims(claims, now.getTime());
}

function readClaims(claims: Record<string, unknown>, nowMs: number): AccessClaims | undefined {
  const email = textOf(claims.sub);
  const userId = numberOf(claims.user_id);
  const companyId = numberOf(claims.company_id);
  const familyId = textOf(claims.sid);
  const validFrom = numberOf(claims.ver);
  const expiresAt = (numberOf(claims.exp) ?? 0) * 1000;
  if (!email || !userId || !companyId || !familyId || validFrom === undefined || expiresAt <= nowMs) return undefined;
  return { email, userId, companyId, familyId, validFrom, expiresAt };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
