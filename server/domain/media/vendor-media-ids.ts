import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type VendorMediaKey = { companyId: number; mediaId: number; channelAccountId: number };

/** known: use it. mine: upload it and say so. busy: somebody else is at it. */
export type VendorMediaClaim = { state: "known"; providerMediaId: string } | { state: "mine" } | { state: "busy" };

const leaseMs = 3 * 60_000;
/** WhatsApp keeps an upload for 30 days; a day less, because a message may wait in the outbox. */
const keptMs = 29 * 86_400_000;

/** Asks for the vendor's id of a file for one number; the first who asks gets the lease to upload it. */
export async function claimVendorMedia(db: Queries, key: VendorMediaKey, now: Date): Promise<VendorMediaClaim> {
  const times = { now: now.toISOString(), leaseUntil: new Date(now.getTime() + leaseMs).toISOString() };
  const mine = await db.first(takeLease({ ...key, ...times }));
  if (mine) return { state: "mine" };
  const known = await db.first(selectKnown(key));
  return known?.providerMediaId ? { state: "known", providerMediaId: known.providerMediaId } : { state: "busy" };
}

export async function noteVendorMedia(
  db: Queries,
  key: VendorMediaKey,
  providerMediaId: string,
  now: Date,
): Promise<void> {
  await db.run(setKnown({ ...key, providerMediaId, expiresAt: new Date(now.getTime() + keptMs).toISOString() }));
}

/** The upload came to nothing: the next who asks may try. */
export async function releaseVendorMedia(db: Queries, key: VendorMediaKey): Promise<void> {
  await db.run(dropLease(key));
}

const takeLease = prepared<VendorMediaKey & { now: string; leaseUntil: string }>()(
  (_db, arg) => sql<{ mine: number }>`
    insert into media_vendor_ids as v (company_id, media_id, channel_account_id, expires_at)
    values (${arg("companyId")}::bigint, ${arg("mediaId")}::bigint, ${arg("channelAccountId")}::bigint, ${arg("leaseUntil")}::timestamptz)
    on conflict (company_id, media_id, channel_account_id) do update
      set provider_media_id = null, expires_at = excluded.expires_at
      where v.expires_at <= ${arg("now")}::timestamptz
    returning 1 as mine`,
);

const selectKnown = prepared<VendorMediaKey>()(
  (_db, arg) => sql<{ providerMediaId: string | null }>`
    select provider_media_id as "providerMediaId" from media_vendor_ids
    where company_id = ${arg("companyId")}::bigint and media_id = ${arg("mediaId")}::bigint
      and channel_account_id = ${arg("channelAccountId")}::bigint`,
);

const setKnown = prepared<VendorMediaKey & { providerMediaId: string; expiresAt: string }>()(
  (_db, arg) => sql<never>`
    update media_vendor_ids set provider_media_id = ${arg("providerMediaId")}::text, expires_at = ${arg("expiresAt")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and media_id = ${arg("mediaId")}::bigint
      and channel_account_id = ${arg("channelAccountId")}::bigint`,
);

const dropLease = prepared<VendorMediaKey>()(
  (_db, arg) => sql<never>`
    delete from media_vendor_ids
    where company_id = ${arg("companyId")}::bigint and media_id = ${arg("mediaId")}::bigint
      and channel_account_id = ${arg("channelAccountId")}::bigint and provider_media_id is null`,
);
