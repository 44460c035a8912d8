import { randomBytes } from "node:crypto";

const prefix = "whsec_";

/** A new secret in the spelling of Standard Webhooks. */
export function newWebhookSecret(): string {
  return `${prefix}${randomBytes(32).toString("base64")}`;
}

/** The signing key of a secret, with or without its prefix; throws where there is none in it. */
export function signingKey(secret: string): Buffer {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, "base64");
  if (key.length === 0) throw new Error("A webhook secret must not be empty.");
  return key;
}

/** What a sealed secret belongs to (accounts/seal-secret.ts): it opens for its own endpoint alone. */
export function secretContext(companyId: number, webhookId: number): string {
  return `webhook:${companyId}:${webhookId}`;
}
