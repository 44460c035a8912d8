import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { sealSecret } from "../accounts/seal-secret.ts";
import { clearChannelProblem } from "../channels/mark-channel-problem.ts";
import { addEmailChannel, writeEmailChannel } from "../channels/write-email-channel.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { resumeNumber } from "../sends/pause-number.ts";
import { adoptWaitingMails } from "./adopt-waiting-mails.ts";
import { checkEmailAccount, type HostFault } from "./check-email-account.ts";
import { type EmailAccount, type EmailAccountFields, type StoredEmailAccount, sealContext } from "./email-account.ts";
import { getEmailAccount } from "./list-email-accounts.ts";
import { lockEmailAccount } from "./lock-email-account.ts";
import { readMailAddress } from "./mail-address.ts";
import { insertEmailAccount, writeEmailAccount } from "./write-email-account.ts";

export type EmailAccountInput = Partial<EmailAccountFields> & {
  /** How lists call it; the address where not said. */
  name?: string;
  /** Null takes one away; absent keeps it. */
  smtpPassword?: string | null;
  imapPassword?: string | null;
  /** PEM. */
  dkimKey?: string | null;
};

export type EmailAccountDeps = { encryptionKey: string; hostFault: HostFault };

/**
 * Connects a mailbox. What waited because there was none goes out by it; one that was disconnected and still has mails waiting becomes
 * this one. Nobody is called: `testEmailAccount` does that.
 */
export async function createEmailAccount(
  ctx: Ctx,
  input: EmailAccountInput & { fromAddress: string },
  deps: EmailAccountDeps,
): Promise<EmailAccount> {
  return ctx.transact(async (tx) => {
    const { address } = readMailAddress(input.fromAddress, "fromAddress");
    const id = await channelFor(tx, address);
    await insertEmailAccount(tx, id);
    const stored = await lockEmailAccount(tx, id);
    await write(tx, { ...blank, ...stored }, { ...blankInput, ...input }, deps);
    await recordEvent(tx, {
      type: "channel.connected",
      subject: { kind: "channel_account", id },
      data: { provider: "email", external_id: address },
    });
    return getEmailAccount(tx, id);
  });
}

/** Changes what is given. New settings or a new password end the trouble that the old ones made, and what waits is tried at once. */
export async function updateEmailAccount(
  ctx: Ctx,
  id: number,
  input: EmailAccountInput & { ifVersion?: number },
  deps: EmailAccountDeps,
): Promise<EmailAccount> {
  const { ifVersion, ...changes } = input;
  return ctx.transact(async (tx) => {
    const stored = await lockEmailAccount(tx, id);
    requireVersion("e-mail account", stored.version, ifVersion);
    await write(tx, stored, changes, deps);
    return getEmailAccount(tx, id);
  });
}

/** Forgets the passwords; its conversations stay. What still waits goes out when it, or another account, is connected. */
export async function disconnectEmailAccount(ctx: Ctx, id: number): Promise<void> {
  await ctx.transact(async (tx) => {
    const stored = await lockEmailAccount(tx, id);
    await writeEmailAccount(tx, {
      ...stored,
      smtp: null,
      smtpPasswordSealed: null,
      imap: null,
      imapPasswordSealed: null,
    });
    await writeEmailChannel(tx, id, { externalId: stored.externalId, name: stored.name, status: "disconnected" });
    await recordEvent(tx, { type: "channel.disconnected", subject: { kind: "channel_account", id } });
  });
}

const blank = { signature: "", trackOpens: false, trackClicks: false, plusAddresses: true };
const blankInput: EmailAccountInput = { smtp: null, imap: null, dkim: null };

async function write(
  tx: TxCtx,
  stored: StoredEmailAccount,
  input: EmailAccountInput,
  { encryptionKey, hostFault }: EmailAccountDeps,
): Promise<void> {
  const { name, smtpPassword, imapPassword, dkimKey, ...fields } = input;
  const seal = (what: "smtp" | "imap" | "dkim", given: string | null | undefined, known: string | null) => {
    if (given === undefined) return known;
    return given === null ? null : sealSecret(encryptionKey, given, sealContext(tx.companyId, stored.id, what));
  };
  const next: StoredEmailAccount = {
    ...stored,
    ...namedIn(fields.fromAddress),
    ...fields,
    smtpPasswordSealed: seal("smtp", smtpPassword, stored.smtpPasswordSealed),
    imapPasswordSealed: seal("imap", imapPassword, stored.imapPasswordSealed),
    dkimKeySealed: seal("dkim", dkimKey, stored.dkimKeySealed),
  };
  const account = checkEmailAccount(next, { hostFault, dkimKey: dkimKey ?? null });
  await writeEmailAccount(tx, account);
  const label = name ?? (stored.fromAddress === "" ? account.fromAddress : stored.name);
  await writeEmailChannel(tx, stored.id, { externalId: account.fromAddress, name: label, status: statusOf(account) });
  await adoptWaitingMails(tx, account);
  for (const problem of ["token_expired", "disconnected", "setup"] as const)
    await clearChannelProblem(tx, { channelAccountId: stored.id, problem });
  await resumeNumber(tx, stored.id);
}

/** The name that stands with an address, where there is one: `Ana Ruiz <ana@example.com>`. */
function namedIn(fromAddress: string | undefined): { fromName?: string } {
  const { name } = fromAddress === undefined ? { name: "" } : readMailAddress(fromAddress, "fromAddress");
  return name === "" ? {} : { fromName: name };
}

/** What an admin paused stays paused, whatever is changed meanwhile. */
function statusOf({ smtp, imap, status }: StoredEmailAccount): string {
  if (smtp === null && imap === null) return "disconnected";
  return status === "paused" ? "paused" : "connected";
}

/** The channel of an address: its own, or one that only waits. */
async function channelFor(tx: TxCtx, address: string): Promise<number> {
  const known = await tx.tx.first(channelOf({ companyId: tx.companyId, address }));
  if (!known) return addEmailChannel(tx, { externalId: address, name: address, status: "connected" });
  if (known.isConnected && known.isOwn) {
    const message = `${address} is connected already.`;
    throw new DomainError({ kind: "duplicate", entity: "email account", existingId: known.id, message });
  }
  return known.id;
}

const channelOf = prepared<{ companyId: number; address: string }>()(
  (_db, arg) => sql<{ id: number; isOwn: boolean; isConnected: boolean }>`
    select a.id, a.external_id = ${arg("address")}::text as "isOwn", a.status <> 'disconnected' as "isConnected" from channel_accounts a
    where a.company_id = ${arg("companyId")}::bigint and a.provider = 'email'
      and (a.external_id = ${arg("address")}::text or (a.status = 'disconnected' and (a.external_id = 'none' or exists (
        select from outbound_sends s where s.company_id = a.company_id and s.channel_account_id = a.id and s.state = 'queued'))))
    order by (a.external_id = ${arg("address")}::text) desc, a.id limit 1 for update`,
);
