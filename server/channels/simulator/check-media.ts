import { booleanOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { Ctx } from "../../domain/context.ts";
import type { ShownMedia } from "../../domain/simulator/phone-view.ts";
import { findSimulatedMedia } from "../../domain/simulator/simulated-media.ts";
import { missing, notValid } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";

export type MediaWord = "image" | "video" | "audio" | "document" | "sticker";

/** Meta's own lists; a document may be anything. */
const mimeTypes: Record<MediaWord, RegExp> = {
  image: /^image\/(jpeg|png)$/,
  video: /^video\/(mp4|3gpp)$/,
  audio: /^audio\/(aac|amr|mpeg|mp4|ogg|opus)/,
  document: /^[\w.+-]+\/[\w.+-]+/,
  sticker: /^image\/webp$/,
};

/** A file named by the id of an upload, or by an address WhatsApp would fetch it from. */
export async function checkMedia(ctx: Ctx, kind: MediaWord, value: unknown): Promise<ShownMedia> {
  const media = objectOf(value);
  const id = textOf(media?.id);
  const link = textOf(media?.link);
  if (id === undefined && link === undefined) throw missing(`${kind}['id'] or ${kind}['link']`);
  const filename = textOf(media?.filename);
  const voice = booleanOf(media?.voice);
  if (id === undefined) {
    if (!/^https?:\/\/\S+$/i.test(link ?? "")) throw notValid(`${kind}['link'] is not a valid URL`);
    return withoutUndefined({ kind, link, filename, voice });
  }
  const file = await findSimulatedMedia(ctx.db, id, ctx.now());
  if (!file || file.companyId !== ctx.companyId) throw notValid(`${kind}['id']: no media with the id ${id}`);
  if (!mimeTypes[kind].test(file.mimeType))
    throw new GraphRefusal(131053, `Unsupported ${kind} mime type ${file.mimeType}.`);
  return withoutUndefined({
    kind,
    id,
    mimeType: file.mimeType,
    filename: filename ?? file.filename ?? undefined,
    voice,
  });
}
