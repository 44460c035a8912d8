import { parentPort } from "node:worker_threads";
import { cleanHtml, type Images } from "./clean-html.ts";

export type CleanOrder = { html: string; images: Images };

parentPort?.on("message", ({ html, images }: CleanOrder) => {
  cleanHtml(html, images).then(
    (answer) => parentPort?.postMessage({ ok: true, answer }),
    (error: unknown) =>
      parentPort?.postMessage({ ok: false, why: error instanceof Error ? error.message : String(error) }),
  );
});
