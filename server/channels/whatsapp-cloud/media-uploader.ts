import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { objectOf, textOf } from "../../../shared/json.ts";
import { type CtxOptions, createCtx } from "../../domain/context.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { getMedia, type Media } from "../../domain/media/get-media.ts";
import type { MediaFiles } from "../../domain/media/media-files.ts";
import {
  claimVendorMedia,
  noteVendorMedia,
  releaseVendorMedia,
  type VendorMediaKey,
} from "../../domain/media/vendor-media-ids.ts";
import type { SendingAccount, VendorError } from "../../domain/sends/channel-sender.ts";
import { failureOf, retryAfterOf } from "./graph-error.ts";
import type { UploadMedia } from "./graph-sender.ts";
import type { GraphTransport } from "./graph-transport.ts";

type Options = {
  db: CtxOptions["db"];
  files: MediaFiles;
  transport: GraphTransport;
  now?: () => Date;
  /** How long a message waits for somebody else's upload of the same file before it comes back later. */
  waitMs?: number;
};

type Result = Awaited<ReturnType<UploadMedia>>;

const pollMs = 200;

/** Uploads each stored file once per number and reuses the vendor's id; fifty messages at once still make one upload. */
export function mediaUploader(options: Options): UploadMedia {
  const underWay = new Map<string, Promise<Result>>();
  return (account, mediaId, accessToken) => {
    const name = `${account.companyId} ${mediaId} ${account.id}`;
    const running = underWay.get(name);
    if (running) return running;
    const started = obtain(options, account, mediaId, accessToken).finally(() => underWay.delete(name));
    underWay.set(name, started);
    return started;
  };
}

/** Known, uploaded by us, or waited for while another process uploads it. */
async function obtain(
  options: Options,
  account: SendingAccount,
  mediaId: number,
  accessToken: string,
): Promise<Result> {
  const { db, now = () => new Date(), waitMs = 60_000 } = options;
  const key = { companyId: account.companyId, mediaId, channelAccountId: account.id };
  const media = await mediaToSend(db, key);
  if ("kind" in media) return media;
  const deadline = Date.now() + waitMs;
  while (Date.now() <= deadline) {
    const claim = await claimVendorMedia(db, key, now());
    if (claim.state === "known") return { kind: "ready", providerMediaId: claim.providerMediaId };
    if (claim.state === "mine") return underLease(options, key, () => upload(options, account, media, accessToken));
    await pause(pollMs);
  }
  return notSent("Another worker is still uploading the file.");
}

async function underLease(
  { db, now = () => new Date() }: Options,
  key: VendorMediaKey,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await work();
    if (result.kind === "ready") await noteVendorMedia(db, key, result.providerMediaId, now());
    else await releaseVendorMedia(db, key);
    return result;
  } catch (error) {
    await releaseVendorMedia(db, key);
    // An upload whose answer was lost leaves a file nobody uses; the message itself was never sent.
    return notSent(error instanceof Error ? error.message : String(error));
  }
}

async function upload(
  { files, transport, now = () => new Date() }: Options,
  account: SendingAccount,
  media: Sendable,
  accessToken: string,
): Promise<Result> {
  const bytes = await readFile(files.pathOf(media.storageKey));
  const { mimeType, filename } = media;
  const answer = await transport.call({
    method: "POST",
    path: `/${account.externalId}/media`,
    form: { fields: { messaging_product: "whatsapp", type: mimeType }, file: { bytes, filename, mimeType } },
    accessToken,
  });
  const providerMediaId = textOf(objectOf(answer.body)?.id);
  if (answer.status < 300 && providerMediaId !== undefined) return { kind: "ready", providerMediaId };
  const retryAfterSeconds = retryAfterOf(answer, now());
  const error = failureOf(answer);
  return { kind: "refused", error, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

type Sendable = { storageKey: string; mimeType: string; filename: string };

async function mediaToSend(db: Options["db"], { companyId, mediaId }: VendorMediaKey): Promise<Sendable | Result> {
  const ctx = createCtx({ db, companyId, actor: { kind: "system" } });
  const media = await getMedia(ctx, mediaId).catch((error: unknown) => {
    if (error instanceof DomainError) return undefined;
    throw error;
  });
  if (!media?.storageKey || !media.mimeType) return refused("The file of this message is not stored any more.");
  return {
    storageKey: media.storageKey,
    mimeType: media.mimeType,
    filename: media.filename ?? `file-${mediaId}${extensionOf(media)}`,
  };
}

/** Meta looks at the name's ending for documents. */
function extensionOf({ mimeType }: Media): string {
  const ending = /\/([a-z0-9]{2,5})$/.exec(mimeType ?? "")?.[1];
  return ending === undefined ? "" : `.${ending}`;
}

function refused(details: string): Result {
  const error: VendorError = { class: "never", code: null, title: "Media not available", details, isOurs: true };
  return { kind: "refused", error };
}

function notSent(why: string): Result {
  return { kind: "not_sent", why };
}
