import { accessTokenKey } from "./access-token.ts";
import { deriveKey } from "./derive-key.ts";

/** One key for each kind of token. */
export type TokenKeys = { access: Buffer; refresh: Buffer };

/** @param signingSecret 32 bytes as base64url: the installation's `jwtKey` */
export function tokenKeys(signingSecret: string): TokenKeys {
  return { access: accessTokenKey(signingSecret), refresh: deriveKey(signingSecret, "refresh token") };
}
