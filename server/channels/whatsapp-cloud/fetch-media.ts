import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { MediaToFetch } from "../../domain/media/claim-media.ts";
import type { MediaOutcome } from "../../domain/media/finish-media.ts";
import { keepFile, tooLarge } from "../../domain/media/keep-file.ts";
import { type MediaFiles, MediaFolderTrouble } from "../../domain/media/media-files.ts";
import { mediaKindOf, sizeLimitOf } from "../../domain/media/media-rules.ts";
import { accessTokenOf } from "./access-token.ts";
import { failureOf } from "./graph-error.ts";
import { GraphFileTooLarge, type GraphTransport } from "./graph-transport.ts";

export type FetchOptions = { transport: GraphTransport; encryptionKey: string; files: MediaFiles; now: Date };

/** WhatsApp keeps what customers send for seven days. */
const keptMs = 7 * 86_400_000;
const longestPauseMs = 6 * 3_600_000;

/** Gone for good, as it was sent: trying again changes nothing. */
class Unfit extends Error {}

/** Fetches one file from the vendor and keeps it, if it is what it was said to be. Every end is an outcome. */
export async function fetchMedia(media: MediaToFetch, options: FetchOptions): Promise<MediaOutcome> {
  try {
    return await fetchOnce(media, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Unfit) return { state: "failed", reason };
    if (error instanceof MediaFolderTrouble) return { state: "later", reason, at: later(options.now, 5 * 60_000) };
    return tryAgain(media, reason, options.now);
  }
}

async function fetchOnce(media: MediaToFetch, options: FetchOptions): Promise<MediaOutcome> {
  const token = accessTokenOf(media.account, options.encryptionKey);
  if (!token.ok) throw new Error(token.outcome.error.details);
  const kind = mediaKindOf(media.kind) ?? "document";
  const maxBytes = sizeLimitOf(kind, "inbound");
  // An address lives five minutes; one that went stale under our hands is asked for once more.
  const bytes =
    (await download(media, options, token.accessToken, maxBytes)) ??
    (await download(media, options, token.accessToken, maxBytes));
  if (!bytes) throw new Error("WhatsApp's address of the file leads nowhere.");
  if (!isOfHash(bytes, media.sha256))
    throw new Error("The file that came is not the one that was announced (SHA-256).");
  const { companyId } = media;
  const kept = await keepFile(options.files, { companyId, source: Readable.from([bytes]), kind, origin: "inbound" });
  if (!kept.ok) throw new Unfit(kept.reason);
  return { state: "stored", file: kept.file, mimeType: kept.mimeType };
}

async function download(
  media: MediaToFetch,
  { transport }: FetchOptions,
  accessToken: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const answer = await transport.call({
    method: "GET",
    path: `/${encodeURIComponent(media.providerMediaId)}`,
    query: { phone_number_id: media.account.externalId },
    accessToken,
  });
  if (answer.status >= 300) throw new Error(`WhatsApp: ${failureOf(answer).details || failureOf(answer).title}`);
  const body = objectOf(answer.body);
  const url = textOf(body?.url);
  if (url === undefined) throw new Error("WhatsApp gave no address for the file.");
  if ((numberOf(body?.file_size) ?? 0) > maxBytes) throw new Unfit(tooLarge(maxBytes));
  const file = await transport.download(url, { accessToken, maxBytes }).catch((error: unknown) => {
    if (error instanceof GraphFileTooLarge) throw new Unfit(tooLarge(maxBytes));
    throw error;
  });
  if (file.status === 404 || file.status === 410) return undefined;
  if (file.status !== 200) throw new Error(`WhatsApp's file server answered ${file.status}.`);
  return file.bytes;
}

/** Webhooks spell the hash in base64, the API in hex. */
function isOfHash(bytes: Uint8Array, announced: string | null): boolean {
  if (announced === null) return true;
  const hash = createHash("sha256").update(bytes).digest();
  return announced.toLowerCase() === hash.toString("hex") || announced === hash.toString("base64");
}

/** Five seconds, then four times as long each time, until the vendor has thrown the file away. */
function tryAgain({ attempts, createdAt }: MediaToFetch, reason: string, now: Date): MediaOutcome {
  if (now.getTime() - Date.parse(createdAt) > keptMs)
    return { state: "expired", reason: `WhatsApp keeps files for seven days. The last attempt: ${reason}` };
  return { state: "later", reason, at: later(now, Math.min(5_000 * 4 ** (attempts - 1), longestPauseMs)) };
}

function later(now: Date, pauseMs: number): Date {
  return new Date(now.getTime() + pauseMs);
}
