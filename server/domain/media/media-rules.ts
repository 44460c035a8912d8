import type { MediaKind } from "../sends/outgoing-content.ts";

const kb = 1024;
const mb = 1024 * kb;

/** What WhatsApp takes from us, by kind. */
const uploadLimits: Record<MediaKind, number> = {
  image: 5 * mb,
  video: 16 * mb,
  audio: 16 * mb,
  document: 100 * mb,
  sticker: 500 * kb,
};

/** What we take from others. People's own apps send more than a business may; WhatsApp itself hands on 100 MB at most. */
const inboundLimits: Record<MediaKind, number> = {
  image: 25 * mb,
  video: 100 * mb,
  audio: 100 * mb,
  document: 100 * mb,
  sticker: 2 * mb,
};

export const largestUploadBytes = uploadLimits.document;

const allowed: Record<Exclude<MediaKind, "document">, readonly string[]> = {
  image: ["image/jpeg", "image/png", "image/webp"],
  video: ["video/mp4", "video/3gpp"],
  audio: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
  sticker: ["image/webp"],
};

/** Programs: nobody opens these from a conversation. */
const refused =
  /^application\/(x-msdownload|x-elf|x-mach-binary|vnd\.android\.package-archive|x-apple-diskimage|x-ms-shortcut|java-vm|wasm)$/;

export type MediaOrigin = "inbound" | "upload";

export function sizeLimitOf(kind: MediaKind, origin: MediaOrigin): number {
  return origin === "upload" ? uploadLimits[kind] : inboundLimits[kind];
}

/** Why a file of this type may not be kept as this kind; undefined where it may. */
export function typeProblem(kind: MediaKind, mimeType: string): string | undefined {
  if (kind === "document") return refused.test(mimeType) ? `Files of the type ${mimeType} are not kept.` : undefined;
  if (allowed[kind].includes(mimeType)) return undefined;
  return `The file is no ${kind}: its bytes say ${mimeType}.`;
}

// WhatsApp takes fewer types than people's apps send: a picture from us is a JPEG or a PNG.
const notSent: Partial<Record<MediaKind, readonly string[]>> = { image: ["image/webp"] };

/** Why WhatsApp would refuse a stored file that is sent as this kind; undefined where it takes it. */
export function sendingProblem(
  kind: MediaKind,
  { mimeType, sizeBytes }: { mimeType: string; sizeBytes: number },
): string | undefined {
  const listed = kind === "document" || allowed[kind].includes(mimeType);
  if (!listed || notSent[kind]?.includes(mimeType) || typeProblem(kind, mimeType) !== undefined)
    return `WhatsApp does not take a file of the type ${mimeType} as ${kind}.`;
  if (sizeBytes <= uploadLimits[kind]) return undefined;
  const most = uploadLimits[kind] >= mb ? `${uploadLimits[kind] / mb} MB` : `${uploadLimits[kind] / kb} kB`;
  return `WhatsApp takes at most ${most} as ${kind}; this file has ${Math.ceil(sizeBytes / kb)} kB.`;
}

export function mediaKindOf(word: string | null | undefined): MediaKind | undefined {
  return kinds.find((kind) => kind === word);
}

const kinds: MediaKind[] = ["image", "video", "audio", "document", "sticker"];

/** As which kind WhatsApp would send a file of this type. */
export function kindForType(mimeType: string): MediaKind {
  if (mimeType === "image/webp") return "sticker";
  const listed = (["image", "video", "audio"] as const).find((kind) => allowed[kind].includes(mimeType));
  return listed ?? "document";
}
