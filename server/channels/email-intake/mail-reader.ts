import type { ReadMail } from "../../domain/mail-intake/read-mail.ts";
import { createSideThread } from "../../domain/side-thread.ts";
import type { ReadOrder } from "./read-mail-thread.ts";
import { unreadableMail } from "./unreadable-mail.ts";

export type MailReader = {
  /** Never throws: what cannot be read comes back saying so. */
  read: (raw: Buffer) => Promise<ReadMail>;
  close: () => Promise<void>;
};

export type MailReaderOptions = { timeoutMs?: number; idleMs?: number };

/** Enough for 25 MB of attachments in base64 several times over. */
const memoryMb = 512;

/** Reads mails apart from the server, in bounded time and memory: as usual, else carefully, else only the head. */
export function createMailReader({ timeoutMs = 30_000, idleMs = 30_000 }: MailReaderOptions = {}): MailReader {
  const file = new URL("./read-mail-thread.ts", import.meta.url);
  const thread = createSideThread<ReadOrder, ReadMail>(file, { memoryMb, idleMs });
  return {
    async read(raw) {
      let why = "";
      for (const pace of ["usual", "careful"] as const) {
        const answer = await thread.ask({ raw, pace }, timeoutMs);
        if (answer.ok) return withBuffers(answer.answer);
        why = answer.why;
      }
      return unreadableMail(raw, why);
    },
    close: thread.close,
  };
}

// What crosses to another thread arrives as plain bytes.
function withBuffers(mail: ReadMail): ReadMail {
  return { ...mail, files: mail.files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) })) };
}
