import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";

/** An edit or a deletion of a message, by its vendor's id. */
export type ChangeRow = {
  channel_account_id: number;
  provider_id: string;
  at: string;
  revoked: boolean;
  text: string | null;
  media: Json;
};

/** Makes the changes of the messages that exist. */
export async function applyChangeRows(tx: TxCtx, rows: ChangeRow[]): Promise<void> {
  if (rows.length === 0) return;
  const changed = await tx.tx.all(updateMessages({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  await recordEvents(
    tx,
    changed.map((row) => ({
      type: row.revoked ? "message.revoked" : "message.edited",
      subject: { kind: "message", id: row.id },
      contactId: row.contact_id,
      before: { text: row.previous_text },
      after: { text: row.text },
      dedupeKey: `${row.revoked ? "revoked" : "edited"}:${row.id}:${row.at}`,
    })),
  );
}

type ChangedRow = {
  id: number;
  contact_id: number;
  revoked: boolean;
  text: string | null;
  previous_text: string | null;
  at: string;
  payload: Json;
};

const updateMessages = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<ChangedRow>`
    with news as (
      select distinct on (r.channel_account_id, r.provider_id) r.*
      from jsonb_to_recordset(${arg("rows")}::jsonb)
        as r (channel_account_id bigint, provider_id text, at timestamptz, revoked boolean, text text, media jsonb)
      order by r.channel_account_id, r.provider_id, r.revoked desc, r.at desc
    ), locked as (
      select m.id, m.text as previous_text, n.revoked, n.at, n.text as new_text, n.media from news n
      join messages m on m.company_id = ${arg("companyId")} and m.channel_account_id = n.channel_account_id and m.provider_id = n.provider_id
      where m.revoked_at is null and (n.revoked or m.edited_at is null or m.edited_at < n.at)
      for update of m
    ), changed as (
      update messages m set
        text = case when l.revoked then null else coalesce(l.new_text, m.text) end,
        payload = case when l.revoked then null when jsonb_typeof(l.media) = 'object'
          then coalesce(m.payload, '{}') || jsonb_build_object('media', coalesce(m.payload -> 'media', '{}') || l.media) else m.payload end,
        revoked_at = case when l.revoked then l.at else m.revoked_at end,
        edited_at = case when l.revoked then m.edited_at else l.at end
      from locked l where m.company_id = ${arg("companyId")} and m.id = l.id
      returning m.id, m.contact_id, m.conversation_id, l.revoked, m.text, l.previous_text, l.at, m.payload
    ), shown as (
      update conversations c set last_message_text = left(x.text, 300),
        last_message_type = case when x.revoked then 'revoked' else c.last_message_type end, version = c.version + 1, updated_at = now()
      from changed x where c.company_id = ${arg("companyId")} and c.id = x.conversation_id and c.last_message_id = x.id
    )
    select id, contact_id, revoked, text, previous_text, at, payload from changed`,
);
