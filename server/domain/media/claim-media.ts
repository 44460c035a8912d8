import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type MediaToFetch = {
  companyId: number;
  id: number;
  messageId: number;
  contactId: number;
  kind: string;
  providerMediaId: string;
  /** As the webhook gave it: hex or base64. */
  sha256: string | null;
  attempts: number;
  createdAt: string;
  account: {
    id: number;
    provider: string;
    externalId: string;
    accessTokenSealed: string | null;
    status: string;
  };
};

/** How long a worker may take for one file before another takes it over. */
const leaseSeconds = 300;

/** Takes the next files to fetch; each is this worker's until its lease runs out. */
export async function claimMedia(db: Queries, now: Date, limit: number): Promise<MediaToFetch[]> {
  const rows = await db.all(takeDue({ now: now.toISOString(), leaseSeconds, limit }));
  return rows.map(({ accountId, provider, externalId, accessTokenSealed, accountStatus, ...media }) => ({
    ...media,
    account: { id: accountId, provider, externalId, accessTokenSealed, status: accountStatus },
  }));
}

type Row = Omit<MediaToFetch, "account"> & {
  accountId: number;
  provider: string;
  externalId: string;
  accessTokenSealed: string | null;
  accountStatus: string;
};

const takeDue = prepared<{ now: string; leaseSeconds: number; limit: number }>()(
  (_db, arg) => sql<Row>`
    with due as (
      select company_id, id from media where status = 'pending' and next_attempt_at <= ${arg("now")}::timestamptz
      order by next_attempt_at, id limit ${arg("limit")}::int for update skip locked
    ), taken as (
      update media set attempts = media.attempts + 1,
        next_attempt_at = ${arg("now")}::timestamptz + ${arg("leaseSeconds")}::int * interval '1 second'
      from due where media.company_id = due.company_id and media.id = due.id
      returning media.company_id, media.id, media.message_id, media.kind, media.provider_media_id, media.sha256, media.attempts,
        media.created_at
    )
    select t.company_id as "companyId", t.id, t.message_id as "messageId", m.contact_id as "contactId",
      coalesce(t.kind, 'document') as kind, coalesce(t.provider_media_id, '') as "providerMediaId", t.sha256, t.attempts,
      t.created_at as "createdAt", a.id as "accountId", a.provider, a.external_id as "externalId",
      a.access_token_sealed as "accessTokenSealed", a.status as "accountStatus"
    from taken t
    join messages m on m.company_id = t.company_id and m.id = t.message_id
    join channel_accounts a on a.company_id = m.company_id and a.id = m.channel_account_id
    order by t.id`,
);
