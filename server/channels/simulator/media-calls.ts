import { createHmac } from "node:crypto";
import type { Ctx } from "../../domain/context.ts";
import {
  deleteSimulatedMedia,
  findSimulatedMedia,
  type StoredFile,
  storeSimulatedMedia,
  uploadedDays,
} from "../../domain/simulator/simulated-media.ts";
import type { GraphAnswer } from "../whatsapp-cloud/graph-transport.ts";
import { type GraphCall, missing, ok } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";

const mb = 1024 * 1024;
const urlMs = 5 * 60_000;

/** Meta's own limits by the beginning of the type; what is no other kind counts as a document. */
const sizeLimits: [type: RegExp, bytes: number][] = [
  [/^image\/webp/, 500 * 1024],
  [/^image\//, 5 * mb],
  [/^(audio|video)\//, 16 * mb],
  [/./, 100 * mb],
];

export async function uploadMedia({ ctx, request }: GraphCall): Promise<GraphAnswer> {
  const { form } = request;
  if (form?.fields.messaging_product !== "whatsapp")
    throw new GraphRefusal(100, "(#100) The parameter messaging_product is required.");
  const { bytes, filename, mimeType } = form.file;
  if (bytes.length === 0) throw missing("file");
  const type = form.fields.type ?? mimeType;
  const most = sizeLimits.find(([pattern]) => pattern.test(type))?.[1] ?? 0;
  if (bytes.length > most)
    throw new GraphRefusal(131053, `File size ${bytes.length} exceeds the limit of ${most} bytes.`);
  const { mediaId } = await storeSimulatedMedia(ctx, { bytes, mimeType: type, filename, keptDays: uploadedDays });
  return ok({ id: mediaId });
}

/** Where the file may be fetched for the next five minutes. */
export function describeMedia(file: StoredFile, appSecret: string, now: Date): GraphAnswer {
  return ok({
    messaging_product: "whatsapp",
    url: mediaUrl(file.mediaId, appSecret, now),
    mime_type: file.mimeType,
    sha256: file.sha256,
    file_size: file.sizeBytes,
    id: file.mediaId,
  });
}

export async function removeMedia(ctx: Ctx, mediaId: string): Promise<GraphAnswer> {
  await deleteSimulatedMedia(ctx, mediaId);
  return ok({ success: true });
}

/** The address Meta would give; nobody but the simulated transport ever fetches it. */
export function mediaUrl(mediaId: string, appSecret: string, now: Date): string {
  const expires = String(Math.floor((now.getTime() + urlMs) / 1000));
  const query = new URLSearchParams({ mid: mediaId, ext: expires, hash: hashOf(mediaId, expires, appSecret) });
  return `https://lookaside.fbsbx.com/whatsapp_business/attachments/?${query.toString()}`;
}

/** The file behind such an address, unless it has expired, was tampered with or is gone. */
export async function mediaBehind(
  db: Parameters<typeof findSimulatedMedia>[0],
  url: string,
  { appSecret, now }: { appSecret: string; now: Date },
): Promise<StoredFile | undefined> {
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  const [mediaId, expires] = [query.get("mid") ?? "", query.get("ext") ?? ""];
  if (query.get("hash") !== hashOf(mediaId, expires, appSecret)) return undefined;
  return Number(expires) * 1000 < now.getTime() ? undefined : findSimulatedMedia(db, mediaId, now);
}

function hashOf(mediaId: string, expires: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(`media ${mediaId} ${expires}`).digest("base64url");
}
