import { Worker } from "node:worker_threads";
import type { ReadMail } from "../../domain/mail-intake/read-mail.ts";
import type { Pace } from "./read-mail.ts";
import type { ReadOrder } from "./read-mail-thread.ts";
import { unreadableMail } from "./unreadable-mail.ts";

export type MailReader = {
  /** Never throws: what cannot be read comes back saying so. One mail at a time. */
  read: (raw: Buffer) => Promise<ReadMail>;
  close: () => Promise<void>;
};

export type MailReaderOptions = { timeoutMs?: number; idleMs?: number };

/** Enough for 25 MB of attachments in base64 several times over. */
const memoryMb = 512;

type Answer = { mail: ReadMail } | { error: string };

/**
 * Reads mails in a thread with bounded time and memory: as usual, else carefully, else only the head. The thread starts with the first
 * mail and ends after a quiet while, so that a server without mails pays nothing.
 */
export function createMailReader({ timeoutMs = 15_000, idleMs = 30_000 }: MailReaderOptions = {}): MailReader {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const attempt = async (raw: Buffer, pace: Pace): Promise<Answer> => {
    const thread = worker ?? startThread();
    worker = thread;
    const answer = await ask(thread, { raw, pace }, timeoutMs);
    if ("error" in answer) await end();
    return answer;
  };
  return {
    async read(raw) {
      clearTimeout(idle);
      let why = "";
      for (const pace of ["usual", "careful"] as const) {
        const answer = await attempt(raw, pace);
        if ("mail" in answer) {
          idle = setTimeout(() => void end(), idleMs).unref();
          return withBuffers(answer.mail);
        }
        why = answer.error;
      }
      return unreadableMail(raw, why);
    },
    close: end,
  };
}

function startThread(): Worker {
  const thread = new Worker(new URL("./read-mail-thread.ts", import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  thread.unref();
  // Dying between two mails is no error of anybody's; unheard it would end the process.
  thread.on("error", () => {});
  return thread;
}

function ask(thread: Worker, order: ReadOrder, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      thread.off("message", settle).off("error", onError).off("exit", onExit);
      resolve(answer);
    };
    const onError = (error: Error): void => settle({ error: error.message });
    const onExit = (): void => settle({ error: "it takes too much memory to read" });
    const timer = setTimeout(() => settle({ error: "it takes too long to read" }), timeoutMs);
    thread.on("message", settle).on("error", onError).on("exit", onExit);
    thread.postMessage(order);
  });
}

// What crosses to another thread arrives as plain bytes.
function withBuffers(mail: ReadMail): ReadMail {
  return { ...mail, files: mail.files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) })) };
}
