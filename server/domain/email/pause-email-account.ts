import { writeEmailChannel } from "../channels/write-email-channel.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { resumeNumber } from "../sends/pause-number.ts";
import type { EmailAccount } from "./email-account.ts";
import { getEmailAccount } from "./list-email-accounts.ts";
import { lockEmailAccount } from "./lock-email-account.ts";
import { writeEmailAccount } from "./write-email-account.ts";

/** Nothing leaves by the account and nothing is fetched until it goes on. Its settings stay, and what is written meanwhile waits. */
export async function pauseEmailAccount(ctx: Ctx, id: number): Promise<EmailAccount> {
  return ctx.transact((tx) => turn(tx, id, { to: "paused", event: "channel.paused" }));
}

/** What waited leaves now, and what came meanwhile is fetched. */
export async function resumeEmailAccount(ctx: Ctx, id: number): Promise<EmailAccount> {
  return ctx.transact(async (tx) => {
    const account = await turn(tx, id, { to: "connected", event: "channel.resumed" });
    await resumeNumber(tx, id);
    return account;
  });
}

type Turn = { to: "paused" | "connected"; event: "channel.paused" | "channel.resumed" };

async function turn(tx: TxCtx, id: number, { to, event }: Turn): Promise<EmailAccount> {
  const stored = await lockEmailAccount(tx, id);
  if (stored.status === "disconnected")
    throw new DomainError({ kind: "conflict", message: "This account is not connected." });
  // An account in trouble is no paused one: there is nothing to resume.
  if (to === "paused" ? stored.status === to : stored.status !== "paused") return getEmailAccount(tx, id);
  // A new version ends the lease of whoever reads the mailbox just now.
  await writeEmailAccount(tx, stored);
  await writeEmailChannel(tx, id, { externalId: stored.externalId, name: stored.name, status: to });
  const subject = { kind: "channel_account", id } as const;
  await recordEvent(tx, { type: event, subject, before: { status: stored.status }, after: { status: to } });
  return getEmailAccount(tx, id);
}
