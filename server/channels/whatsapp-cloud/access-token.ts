import { openSecret, SealError } from "../../domain/accounts/seal-secret.ts";
import { RecentEntries } from "../../domain/recent-entries.ts";
import type { SendingAccount, SendOutcome } from "../../domain/sends/channel-sender.ts";

type Account = Pick<SendingAccount, "provider" | "externalId" | "accessTokenSealed">;

export type AccessToken =
  | { ok: true; accessToken: string }
  | { ok: false; outcome: Extract<SendOutcome, { kind: "refused" }> };

/** The account's token, opened. Without one nothing can be called; the account waits for somebody to connect it. */
export function accessTokenOf(account: Account, encryptionKey: string): AccessToken {
  if (account.provider === "simulator") return { ok: true, accessToken: `simulated-${account.externalId}` };
  if (account.accessTokenSealed === null) return noToken("The number is not connected with a token.");
  try {
    return { ok: true, accessToken: opened(encryptionKey, account.accessTokenSealed) };
  } catch (error) {
    if (error instanceof SealError) return noToken(`The token cannot be opened: ${error.message}`);
    throw error;
  }
}

// A number sends the same token with each of its messages; to open it costs as much as to build the request.
const lastOpened = new RecentEntries<string>(100);

function opened(encryptionKey: string, sealed: string): string {
  const key = `${encryptionKey} ${sealed}`;
  const accessToken = lastOpened.get(key) ?? openSecret(encryptionKey, sealed);
  lastOpened.set(key, accessToken);
  return accessToken;
}

function noToken(details: string): AccessToken {
  const error = { class: "account_auth", code: null, title: "No access token", details } as const;
  return { ok: false, outcome: { kind: "refused", error } };
}
