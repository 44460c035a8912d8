import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { ReceivedMessage } from "../conversations/receive-messages.ts";
import { mediaKindOf } from "./media-rules.ts";

/** Notes the media that stand behind new messages; a worker fetches them while the vendor still keeps them. */
export async function rememberMedia(tx: TxCtx, received: ReceivedMessage[]): Promise<void> {
  const rows = received.flatMap(({ id, update }) => {
    const media = update.content.media;
    if (!media) return [];
    const { id: provider_media_id = null, mimeType: mime_type = null, filename = null, sha256 = null } = media;
    const kind = mediaKindOf(update.content.type) ?? "document";
    return [{ message_id: id, provider_media_id, mime_type, filename, sha256, kind }];
  });
  if (rows.length === 0) return;
  const now = tx.now().toISOString();
  await tx.tx.run(insertMedia({ companyId: tx.companyId, rows: JSON.stringify(rows), now }));
}

// A gateway's media, and what is older than two weeks in a history, come without an id: there is nothing to fetch.
const insertMedia = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into media (company_id, message_id, provider_media_id, claimed_mime_type, filename, sha256, kind, status, error,
      created_at, next_attempt_at)
    select ${arg("companyId")}::bigint, r.message_id, r.provider_media_id, r.mime_type, r.filename, r.sha256, r.kind,
      case when r.provider_media_id is null then 'failed' else 'pending' end,
      case when r.provider_media_id is null then 'WhatsApp handed over no file with this message.' end,
      ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (message_id bigint, provider_media_id text, mime_type text, filename text, sha256 text, kind text)
    on conflict (company_id, message_id) where message_id is not null do nothing`,
);
