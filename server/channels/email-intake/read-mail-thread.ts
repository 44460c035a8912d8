import { parentPort } from "node:worker_threads";
import type { Pace } from "./read-mail.ts";
import { readMail } from "./read-mail.ts";

export type ReadOrder = { raw: Uint8Array; pace: Pace };

// A thread of its own: a mail made to take for ever holds up nobody, and can be given up.
parentPort?.on("message", ({ raw, pace }: ReadOrder) => {
  readMail(Buffer.from(raw), pace).then(
    (mail) => parentPort?.postMessage({ mail }),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
