import { type MailboxAccess, type MailboxPolicy, openMailbox } from "./open-mailbox.ts";
import { type MailSink, type Place, readNewMails } from "./read-new-mails.ts";

export type WatchOptions = {
  access: MailboxAccess;
  policy: MailboxPolicy;
  sink: MailSink;
  place: Place | null;
  /** What came since is read where the place means nothing. */
  since: Date;
  /** The mailbox is open and was read once. */
  onReadable: () => Promise<void>;
  signal: AbortSignal;
  /** How often it is looked at besides what the server tells by itself. */
  pollMs?: number;
};

/** Reads a mailbox and stays with it: new mails come as the server tells of them. Ends when asked to; throws when the connection breaks. */
export async function watchMailbox(options: WatchOptions): Promise<void> {
  const { access, policy, sink, since, signal, onReadable, pollMs = 60_000 } = options;
  if (signal.aborted) return;
  const client = await openMailbox(access, policy);
  const bell = createBell();
  client.on("exists", bell.ring);
  client.on("close", bell.ring);
  signal.addEventListener("abort", bell.ring);
  let place = options.place;
  try {
    for (let round = 0; !signal.aborted; round += 1) {
      place = await readNewMails(client, place, since, sink);
      if (round === 0) await onReadable();
      if (signal.aborted) break;
      // Not waited for: the next command ends it. A server that cannot tell by itself is asked by the poll.
      void client.idle().catch(bell.ring);
      await bell.next(pollMs);
      if (!client.usable) throw new Error(`The connection to ${access.host} was closed.`);
    }
  } finally {
    signal.removeEventListener("abort", bell.ring);
    client.close();
  }
}

type Bell = { ring: () => void; next: (longestMs: number) => Promise<void> };

/** Rings that nobody waits for are not lost. */
function createBell(): Bell {
  let rang = false;
  let wake = (): void => {};
  return {
    ring() {
      rang = true;
      wake();
    },
    async next(longestMs) {
      if (!rang) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, longestMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rang = false;
    },
  };
}
