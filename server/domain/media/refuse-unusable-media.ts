import type { Ctx } from "../context.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";
import { type StoredMediaUse, storedMediaIn } from "../sends/content/stored-media-in.ts";
import type { OutgoingContent } from "../sends/outgoing-content.ts";
import { type Media, mediaByIds } from "./get-media.ts";
import { sendingProblem } from "./media-rules.ts";

/** Refuses files that could never be sent, before anything is stored: not there, somebody else's, not fetched, of a kind WhatsApp does not take. */
export async function refuseUnusableMedia(ctx: Ctx, contents: OutgoingContent[]): Promise<void> {
  // A message to a thousand people is one content.
  const uses = [...new Set(contents)].flatMap(storedMediaIn);
  if (uses.length === 0) return;
  const known = await mediaByIds(ctx, [...new Set(uses.map(({ mediaId }) => mediaId))]);
  const problems = uses.flatMap((use): FieldProblem[] => {
    const message = problemOf(use, known.get(use.mediaId));
    return message === undefined ? [] : [{ path: use.path, message }];
  });
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems: problems.slice(0, 20) });
}

function problemOf({ mediaId, kind }: StoredMediaUse, media: Media | undefined): string | undefined {
  if (!media) return `There is no file with the id ${mediaId}.`;
  const { status, storageKey, mimeType, sizeBytes, error } = media;
  if (status === "pending") return `The file ${mediaId} is not here yet: WhatsApp is still being asked for it.`;
  if (status !== "stored" || storageKey === null || mimeType === null)
    return `The file ${mediaId} is not stored${error === null ? "." : `: ${error}`}`;
  return sendingProblem(kind, { mimeType, sizeBytes: sizeBytes ?? 0 });
}
