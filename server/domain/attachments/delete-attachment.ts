import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import type { Attachment } from "./attachment.ts";
import { getAttachment } from "./get-attachment.ts";

/** Takes a file away; for thirty days it can come back, then its bytes are thrown away. */
export async function deleteAttachment(ctx: Ctx, attachmentId: number): Promise<void> {
  await ctx.transact(async (tx) => {
    const { filename, contactId } = await getAttachment(tx, attachmentId);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, attachmentId, now: tx.now().toISOString() }));
    const subject = { kind: "attachment", id: attachmentId } as const;
    await recordEvent(tx, { type: "attachment.deleted", subject, contactId, before: { filename } });
  });
}

/** Brings a deleted file back; one that was not deleted stays as it is. */
export async function restoreAttachment(ctx: Ctx, attachmentId: number): Promise<Attachment> {
  return ctx.transact(async (tx) => {
    const restored = await tx.tx.first(markRestored({ companyId: tx.companyId, attachmentId }));
    const file = await getAttachment(tx, attachmentId);
    const subject = { kind: "attachment", id: attachmentId } as const;
    if (restored) await recordEvent(tx, { type: "attachment.restored", subject, contactId: file.contactId });
    return file;
  });
}

const markDeleted = prepared<{ companyId: number; attachmentId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update attachments set deleted_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("attachmentId")}::bigint and deleted_at is null`,
);

const markRestored = prepared<{ companyId: number; attachmentId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    update attachments set deleted_at = null
    where company_id = ${arg("companyId")}::bigint and id = ${arg("attachmentId")}::bigint and deleted_at is not null
    returning id`,
);
