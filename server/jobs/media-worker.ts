import type { Channels } from "../channels/registry.ts";
import { fetchMedia } from "../channels/whatsapp-cloud/fetch-media.ts";
import type { Db } from "../db/connection.ts";
import { createCtx } from "../domain/context.ts";
import { claimMedia, type MediaToFetch } from "../domain/media/claim-media.ts";
import { finishMedia, type MediaOutcome } from "../domain/media/finish-media.ts";
import type { MediaFiles } from "../domain/media/media-files.ts";
import type { WakefulLoop } from "../domain/wakeful-loop.ts";
import { startPollingWorker } from "./polling-worker.ts";

export type MediaWorkerOptions = {
  transportOf: Channels["transportOf"];
  files: MediaFiles;
  encryptionKey: string;
  now?: () => Date;
};

/** A file is held in memory while its hash is checked, up to 100 MB each. */
const batch = 3;

export function startMediaWorker(
  db: Db,
  options: MediaWorkerOptions & { pollMs: number; onError: (error: unknown) => void },
): WakefulLoop {
  const { pollMs, onError } = options;
  return startPollingWorker({ work: () => fetchDueMedia(db, options), pollMs, onError });
}

/** Fetches the next files that customers sent; how many were tried. */
export async function fetchDueMedia(db: Db, options: MediaWorkerOptions): Promise<number> {
  const now = options.now ?? (() => new Date());
  const due = await claimMedia(db, now(), batch);
  await Promise.all(
    due.map(async (media) => {
      const outcome = await outcomeOf(media, options, now);
      const ctx = createCtx({ db, companyId: media.companyId, actor: { kind: "system" }, now });
      await ctx.transact((tx) => finishMedia(tx, media, outcome));
    }),
  );
  return due.length;
}

async function outcomeOf(media: MediaToFetch, options: MediaWorkerOptions, now: () => Date): Promise<MediaOutcome> {
  const transport = options.transportOf(media.account.provider);
  if (!transport) return { state: "failed", reason: "This channel hands over no files." };
  return fetchMedia(media, { transport, encryptionKey: options.encryptionKey, files: options.files, now: now() });
}
