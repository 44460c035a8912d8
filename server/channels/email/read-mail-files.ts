import type { AttachmentFiles } from "../../domain/attachments/attachment-files.ts";
import { attachmentsByIds } from "../../domain/attachments/get-attachment.ts";
import { type CtxOptions, createCtx } from "../../domain/context.ts";
import type { MailFile } from "./build-mail.ts";

/** Reads the files of a mail into memory; how large they may be together was judged when it was written. */
export function readMailFiles(db: CtxOptions["db"], files: AttachmentFiles) {
  return async (companyId: number, ids: number[]): Promise<MailFile[]> => {
    const known = await attachmentsByIds(createCtx({ db, companyId, actor: { kind: "system" } }), ids);
    if (known.length < ids.length) throw new Error("a file of this mail was deleted");
    return Promise.all(
      known.map(async (file) => {
        const chunks: Buffer[] = [];
        for await (const chunk of await files.read(file)) chunks.push(Buffer.from(chunk));
        return { filename: file.filename, mimeType: file.mimeType, content: Buffer.concat(chunks) };
      }),
    );
  };
}
