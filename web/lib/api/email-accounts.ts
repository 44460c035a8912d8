import { queryOptions } from "@tanstack/react-query";
import type { EmailAccount, EmailAccountPatch, EmailAccountTest, NewEmailAccount } from "../../../shared/v1/email.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

const accountsPollMs = 15_000;
const testTimeoutMs = 90_000;

/** The company's mailboxes, with how each stands; where mails wait for a first one, that is none yet. */
export const emailAccountsQuery = queryOptions({
  queryKey: ["email-accounts"],
  queryFn: async ({ signal }) => {
    const { data } = await request<{ data: EmailAccount[] }>(apiPaths.emailAccounts, { signal });
    return { data: data.filter(({ from_address }) => from_address !== "") };
  },
  refetchInterval: pollMs(accountsPollMs),
});

export function connectEmailAccount(account: NewEmailAccount, idempotencyKey: string): Promise<EmailAccount> {
  return request(apiPaths.emailAccounts, { method: "POST", body: account, idempotencyKey });
}

export function saveEmailAccount({ id, version }: EmailAccount, patch: EmailAccountPatch): Promise<EmailAccount> {
  return request(apiPaths.emailAccount(id), { method: "PATCH", body: patch, ifMatch: `"v${version}"` });
}

export function disconnectEmailAccount(id: number): Promise<void> {
  return request(apiPaths.emailAccount(id), { method: "DELETE" });
}

/** Paused, nothing leaves by it and nothing is fetched; what is written meanwhile waits. */
export function turnEmailAccount(id: number, act: "pause" | "resume"): Promise<EmailAccount> {
  return request(apiPaths.emailAccountAct(id, act), { method: "POST" });
}

/** Talks to the mail server: it may take its time. */
export function testEmailAccount(id: number): Promise<EmailAccountTest> {
  return request(apiPaths.emailAccountAct(id, "test"), { method: "POST", timeoutMs: testTimeoutMs });
}
