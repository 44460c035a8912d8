import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Attachment } from "./attachment.ts";
import type { AttachmentFiles } from "./attachment-files.ts";

/** Throws away what was deleted before a time: first the row, so that no row points to nothing. How many there were. */
export async function sweepAttachments(
  db: Db,
  files: AttachmentFiles,
  { before, most }: { before: Date; most: number },
): Promise<number> {
  const gone = await db.all(dropDeleted({ before: before.toISOString(), most }));
  for (const place of gone) await files.remove(place);
  return gone.length;
}

// Across companies: the machine's own housekeeping.
const dropDeleted = prepared<{ before: string; most: number }>()(
  (_db, arg) => sql<Pick<Attachment, "storageKey" | "storedIn">>`
    delete from attachments a
    using (
      select company_id, id from attachments where deleted_at < ${arg("before")}::timestamptz
      order by deleted_at limit ${arg("most")}::int for update skip locked
    ) d
    where a.company_id = d.company_id and a.id = d.id
    returning a.storage_key as "storageKey", a.stored_in as "storedIn"`,
);
