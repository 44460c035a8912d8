import { createHmac } from "node:crypto";
import { signingKey } from "./webhook-secret.ts";

export type SignedMessage = {
  /** The same at every attempt, so that a receiver can tell a repetition. */
  id: string;
  /** When this attempt is made. */
  at: Date;
  body: string;
};

/** The headers of Standard Webhooks. With two secrets, during a rotation, either verifies. */
export function signWebhook({ id, at, body }: SignedMessage, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const hmac = createHmac("sha256", signingKey(secret)).update(`${id}.${timestamp}.${body}`);
    return `v1,${hmac.digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
