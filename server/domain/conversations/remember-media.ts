import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { ReceivedMessage } from "./receive-messages.ts";

/** Notes the media that stand behind new messages; they are fetched later, while the vendor still keeps them. */
export async function rememberMedia(tx: TxCtx, received: ReceivedMessage[]): Promise<void> {
  const rows = received.flatMap(({ id, update }) => {
    const media = update.content.media;
    if (!media) return [];
    const { id: provider_media_id = null, mimeType: mime_type = null, filename = null, sha256 = null } = media;
    return [{ message_id: id, provider_media_id, mime_type, filename, sha256 }];
  });
  if (rows.length > 0) await tx.tx.run(insertMedia({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
}

const insertMedia = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into media (company_id, message_id, provider_media_id, mime_type, filename, sha256)
    select ${arg("companyId")}::bigint, r.message_id, r.provider_media_id, r.mime_type, r.filename, r.sha256
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (message_id bigint, provider_media_id text, mime_type text, filename text, sha256 text)
    on conflict (company_id, message_id) where message_id is not null do nothing`,
);
