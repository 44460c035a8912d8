import type { AttachmentFiles } from "../../../domain/attachments/attachment-files.ts";
import { type MailPicture, picturesOfMail } from "../../../domain/attachments/pictures-of-mail.ts";
import type { Ctx } from "../../../domain/context.ts";

type Page = { messageId: number; cleaned: string };

// Only in tags: the cleaning writes "<" of any text as "&lt;".
const named = /(<img [^>]*?src=")cid:([^"]{1,500})"/g;

/**
 * Puts the pictures that came with a mail where its HTML names them, bytes and all: the page lies in a box without a session, in which no
 * address of ours would answer.
 */
export async function withOwnPictures(ctx: Ctx, files: AttachmentFiles, { messageId, cleaned }: Page): Promise<string> {
  const wanted = new Set([...cleaned.matchAll(named)].map(([, , id = ""]) => plain(id)));
  if (wanted.size === 0) return cleaned;
  const pictures = (await picturesOfMail(ctx, messageId)).filter(({ contentId }) => wanted.has(contentId));
  const addresses = new Map<string, string>();
  for (const picture of pictures) addresses.set(picture.contentId, await dataAddress(files, picture));
  // One that did not come along leads nowhere.
  return cleaned.replace(named, (_all, before, id) => `${before}${addresses.get(plain(id)) ?? ""}"`);
}

async function dataAddress(files: AttachmentFiles, picture: MailPicture): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await files.read(picture)) chunks.push(Buffer.from(chunk));
  return `data:${picture.mimeType};base64,${Buffer.concat(chunks).toString("base64")}`;
}

/** As the mail wrote it, before it was put into HTML and into an address. */
function plain(id: string): string {
  const text = id.replaceAll("&amp;", "&");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
