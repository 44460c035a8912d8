import type { JsonObject } from "../../../shared/json.ts";
import type { OutgoingMedia } from "../../domain/sends/outgoing-content.ts";

/** The vendor's ids of our stored files, by our ids. */
export type VendorMedia = ReadonlyMap<number, string>;

/** A file as the Graph API wants it named: by its own id or by a link it fetches itself. */
export function mediaReference(media: OutgoingMedia, uploaded: VendorMedia): JsonObject {
  if ("link" in media) return { link: media.link };
  if ("providerMediaId" in media) return { id: media.providerMediaId };
  const id = uploaded.get(media.mediaId);
  if (id === undefined) throw new Error(`media ${media.mediaId} was not uploaded before the message`);
  return { id };
}
