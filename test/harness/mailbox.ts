import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createMailReader } from "../../server/channels/email-intake/mail-reader.ts";
import type { Db } from "../../server/db/connection.ts";
import { receiveMail } from "../../server/domain/mail-intake/receive-mail.ts";
import { type MediaFiles, mediaFiles } from "../../server/domain/media/media-files.ts";
import { processMail } from "../../server/jobs/process-mail.ts";
import { count } from "./rows.ts";

export type Mailbox = {
  files: MediaFiles;
  /** Stores mails as they came and reads them until none is left. */
  receive: (channelAccountId: number, ...mails: Buffer[]) => Promise<void>;
  drain: () => Promise<void>;
};

const untried = "inbound_deliveries where state = 'received' and attempts = 0 and provider = 'email'";

/** What reads mails, with a folder of its own for their files where none is named. */
export async function mailbox(db: Db, companyId: number, shared?: string): Promise<Mailbox> {
  const dataDir = shared ?? (await mkdtemp(join(tmpdir(), "rapport-mail-")));
  const reader = createMailReader();
  const files = mediaFiles(dataDir);
  afterAll(async () => {
    await reader.close();
    if (shared === undefined) await rm(dataDir, { recursive: true, force: true });
  });
  const drain = async (): Promise<void> => {
    // Where the machine's clock stepped back, a mail stored before is due a moment later.
    while ((await processMail(db, { reader, files })) > 0 || (await count(db, untried)) > 0);
  };
  return {
    files,
    drain,
    async receive(channelAccountId, ...mails) {
      for (const raw of mails) await receiveMail(db, { companyId, channelAccountId, raw });
      await drain();
    },
  };
}
