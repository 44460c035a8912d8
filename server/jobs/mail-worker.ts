import { createMailReader } from "../channels/email-intake/mail-reader.ts";
import type { Db } from "../db/connection.ts";
import type { MediaFiles } from "../domain/media/media-files.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { startPollingWorker } from "./polling-worker.ts";
import { processMail } from "./process-mail.ts";

export type MailWorkerOptions = { files: MediaFiles; pollMs: number; onError: (error: unknown) => void };

/** Reads stored mails one after another; several processes share them. */
export function startMailWorker(db: Db, { files, ...options }: MailWorkerOptions): WakefulLoop {
  const reader = createMailReader();
  const loop = startPollingWorker({ ...options, work: () => processMail(db, { reader, files }) });
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      await reader.close();
    },
  };
}
