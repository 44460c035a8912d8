import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import { memberNameSql } from "../../accounts/user.ts";
import type { TxCtx } from "../../context.ts";
import type { Cause } from "../follow-causes.ts";
import type { Notice } from "../notify-team.ts";
import { type CauseArgs, causeRows } from "./cause-rows.ts";

/** Who is named in a note, once a note: an edit tells only those whom it adds. */
export async function mentions(tx: TxCtx, causes: Cause[]): Promise<Notice[]> {
  if (causes.length === 0) return [];
  const rows = await tx.tx.all(mentioned({ companyId: tx.companyId, rows: causeRows(causes) }));
  return rows.map((row) => ({
    kind: "note.mentioned",
    title: `${row.author || "Somebody"} mentioned you${row.about === null ? "" : ` on ${row.about}`}`,
    body: row.text,
    contactId: row.contactId,
    subject: { kind: "note", id: row.id },
    dedupeKey: `note.mentioned:${row.id}`,
    userId: row.userId,
  }));
}

type Mentioned = {
  id: number;
  contactId: number | null;
  about: string | null;
  author: string | null;
  text: string;
  userId: number;
};

const mentioned = prepared<CauseArgs>()(
  (_db, arg) => sql<Mentioned>`
    select n.id, n.contact_id as "contactId", nullif(c.name, '') as about, ${memberNameSql(sql`u`)} as author,
      left(n.body, 300) as text, named.user_id as "userId"
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (event_id bigint, subject_id bigint, actor_user_id bigint)
    join notes n on n.company_id = ${arg("companyId")}::bigint and n.id = r.subject_id
    cross join unnest(n.mentions) as named (user_id)
    left join contacts c on c.company_id = n.company_id and c.id = n.contact_id
    left join users u on u.id = r.actor_user_id
    where n.deleted_at is null and named.user_id is distinct from r.actor_user_id and c.deleted_at is null
    order by r.event_id`,
);
