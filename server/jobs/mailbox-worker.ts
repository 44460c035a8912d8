import { randomUUID } from "node:crypto";
import { MailboxRefused } from "../channels/email-intake/imap/open-mailbox.ts";
import { watchMailbox } from "../channels/email-intake/imap/watch-mailbox.ts";
import type { Db } from "../db/connection.ts";
import { openSecret } from "../domain/accounts/seal-secret.ts";
import { createCtx } from "../domain/context.ts";
import { sealContext } from "../domain/email/email-account.ts";
import {
  type LeasedMailbox,
  leaseMailboxes,
  releaseMailbox,
  renewLease,
} from "../domain/email/mailbox/lease-mailboxes.ts";
import { notePlace, noteReadable, noteUnreadable } from "../domain/email/mailbox/note-reading.ts";
import { largestMailBytes, receiveMail } from "../domain/mail-intake/receive-mail.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { startPollingWorker } from "./polling-worker.ts";

export type MailboxWorkerOptions = {
  encryptionKey: string;
  /** Mail servers may lie in private networks. */
  allowPrivate: boolean;
  /** A mail was stored. */
  onStored: () => void;
  /** How often free mailboxes are looked for. */
  pollMs: number;
  renewMs?: number;
  /** The pause after a first failure; it doubles up to a quarter of an hour. */
  firstPauseSeconds?: number;
  onError: (error: unknown) => void;
};

/** More in one process would be connections and not work; other processes take the rest. */
const mostMailboxes = 200;
const longestPauseSeconds = 900;

/** Reads the mailboxes of all accounts that have one, each by one process at a time. */
export function startMailboxWorker(db: Db, options: MailboxWorkerOptions): WakefulLoop {
  const leaseBy = randomUUID();
  const stopping = new AbortController();
  const readers = new Set<Promise<void>>();
  const failures = new Map<number, number>();
  const work = async (): Promise<number> => {
    const free = mostMailboxes - readers.size;
    const leased = free <= 0 ? [] : await leaseMailboxes(db, { leaseBy, limit: free });
    for (const mailbox of leased) {
      const reader = readUntilStopped(db, options, { mailbox, leaseBy, stopping: stopping.signal, failures })
        .catch(options.onError)
        .finally(() => readers.delete(reader));
      readers.add(reader);
    }
    return 0;
  };
  const loop = startPollingWorker({ ...options, work });
  return {
    wake: loop.wake,
    async stop() {
      stopping.abort();
      await loop.stop();
      await Promise.all(readers);
    },
  };
}

type Reading = { mailbox: LeasedMailbox; leaseBy: string; stopping: AbortSignal; failures: Map<number, number> };

async function readUntilStopped(db: Db, options: MailboxWorkerOptions, reading: Reading): Promise<void> {
  const { mailbox, leaseBy, failures } = reading;
  const { companyId, channelAccountId } = mailbox;
  const ctx = createCtx({ db, companyId, actor: { kind: "system" } });
  const key = { companyId, channelAccountId, leaseBy };
  const lost = new AbortController();
  const renewing = setInterval(() => {
    renewLease(db, key, mailbox.version).then(
      (isOurs) => (isOurs ? undefined : lost.abort()),
      // The database is away for a moment: the lease tells whether it was too long.
      () => undefined,
    );
  }, options.renewMs ?? 20_000);
  let pauseSeconds = 0;
  try {
    await watchMailbox({ ...watchOf(db, options, reading), signal: AbortSignal.any([reading.stopping, lost.signal]) });
    failures.delete(channelAccountId);
  } catch (error) {
    const count = (failures.get(channelAccountId) ?? 0) + 1;
    failures.set(channelAccountId, count);
    pauseSeconds = Math.min((options.firstPauseSeconds ?? 2) * 2 ** (count - 1), longestPauseSeconds);
    // Three times in a row is no hiccup.
    const isLasting = error instanceof MailboxRefused || count >= 3;
    await noteUnreadable(ctx, { channelAccountId, error: wordsOf(error, mailbox), isLasting });
  } finally {
    clearInterval(renewing);
    await releaseMailbox(db, key, pauseSeconds);
  }
}

function watchOf(db: Db, options: MailboxWorkerOptions, { mailbox, leaseBy, failures }: Reading) {
  const { companyId, channelAccountId, imap, uidValidity, lastUid } = mailbox;
  const password = openSecret(
    options.encryptionKey,
    mailbox.imapPasswordSealed,
    sealContext(companyId, channelAccountId, "imap"),
  );
  return {
    access: { ...imap, password },
    policy: { allowPrivate: options.allowPrivate },
    place: uidValidity === null ? null : { uidValidity, lastUid },
    since: new Date(mailbox.readSince),
    sink: {
      largestBytes: largestMailBytes,
      async store(raw: Buffer, cutFromBytes?: number) {
        await receiveMail(db, {
          companyId,
          channelAccountId,
          raw,
          ...(cutFromBytes === undefined ? {} : { cutFromBytes }),
        });
        options.onStored();
      },
      advance: (place: { uidValidity: number; lastUid: number }) =>
        notePlace(db, { companyId, channelAccountId, leaseBy }, place),
    },
    async onReadable() {
      failures.delete(channelAccountId);
      await noteReadable(createCtx({ db, companyId, actor: { kind: "system" } }), { channelAccountId });
    },
  };
}

function wordsOf(error: unknown, { imap }: LeasedMailbox): string {
  if (error instanceof MailboxRefused) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const place = `${imap.host}:${imap.port}`;
  if (code === "ECONNREFUSED") return `Nobody listens at ${place}.`;
  if (code === "ENOTFOUND") return `${imap.host} is not known.`;
  return `${place} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
