import { parentPort } from "node:worker_threads";
import { type Pace, readMail } from "./read-mail.ts";

export type ReadOrder = { raw: Uint8Array; pace: Pace };

// A thread of its own (domain/side-thread.ts): a mail made to take for ever holds up nobody, and can be given up.
parentPort?.on("message", ({ raw, pace }: ReadOrder) => {
  readMail(Buffer.from(raw), pace).then(
    (answer) => parentPort?.postMessage({ ok: true, answer }),
    (error: unknown) =>
      parentPort?.postMessage({ ok: false, why: error instanceof Error ? error.message : String(error) }),
  );
});
