import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { setNumberRate } from "../sends/pause-number.ts";
import { clearChannelProblem, markChannelProblem } from "./mark-channel-problem.ts";

/** What the vendor says of a number; null where it said nothing. */
export type NumberFacts = {
  displayPhone: string | null;
  verifiedName: string | null;
  nameStatus: string | null;
  quality: string | null;
  isVerified: boolean | null;
  messagingLimit: string | null;
  platformType: string | null;
  throughputLevel: string | null;
  isOnBizApp: boolean | null;
  businessId: string | null;
};

/** Writes down what a sync brought; what the vendor left out stays as it was known. */
export async function noteSync(tx: TxCtx, id: number, facts: NumberFacts): Promise<void> {
  await tx.tx.run(
    writeFacts({ companyId: tx.companyId, id, facts: JSON.stringify(facts), now: tx.now().toISOString() }),
  );
  if (facts.isOnBizApp !== null) {
    const messagesPerSecond = facts.isOnBizApp ? coexistenceRate : null;
    await setNumberRate(tx, { channelAccountId: id, messagesPerSecond });
  }
  const key = { channelAccountId: id, problem: "quality_red" } as const;
  if (facts.quality === "RED") await markChannelProblem(tx, { ...key, details: "WhatsApp rates the number RED." });
  if (facts.quality === "GREEN" || facts.quality === "YELLOW") await clearChannelProblem(tx, key);
}

/** A number that lives in the phone app too sends 20 messages a second. */
const coexistenceRate = 20;

export async function noteSyncFailure(tx: TxCtx, id: number, error: string): Promise<void> {
  await tx.tx.run(writeFailure({ companyId: tx.companyId, id, error }));
}

/** The vendor says that our app gets this account's webhooks. */
export async function noteSubscribed(tx: TxCtx, id: number): Promise<void> {
  await tx.tx.run(writeSubscribed({ companyId: tx.companyId, id, now: tx.now().toISOString() }));
}

export async function noteTokenExpiry(tx: TxCtx, id: number, expiresAt: Date | null): Promise<void> {
  await tx.tx.run(writeExpiry({ companyId: tx.companyId, id, expiresAt: expiresAt?.toISOString() ?? null }));
}

type Key = { companyId: number; id: number };

const writeFacts = prepared<Key & { facts: string; now: string }>()(
  (_db, arg) => sql<never>`
    update channel_accounts a set
      display_phone = coalesce(f."displayPhone", display_phone), verified_name = coalesce(f."verifiedName", verified_name),
      name = case when a.name like 'WhatsApp %' then coalesce(f."verifiedName", a.name) else a.name end,
      name_status = coalesce(f."nameStatus", name_status), quality = coalesce(f.quality, a.quality),
      number_verified = coalesce(f."isVerified", number_verified), messaging_limit = coalesce(f."messagingLimit", messaging_limit),
      platform_type = coalesce(f."platformType", platform_type), throughput_level = coalesce(f."throughputLevel", throughput_level),
      is_on_biz_app = coalesce(f."isOnBizApp", is_on_biz_app), business_id = coalesce(f."businessId", business_id),
      last_sync_at = ${arg("now")}::timestamptz, last_sync_error = null, updated_at = ${arg("now")}::timestamptz
    from jsonb_to_record(${arg("facts")}::jsonb) as f ("displayPhone" text, "verifiedName" text, "nameStatus" text, quality text,
      "isVerified" boolean, "messagingLimit" text, "platformType" text, "throughputLevel" text, "isOnBizApp" boolean, "businessId" text)
    where a.company_id = ${arg("companyId")}::bigint and a.id = ${arg("id")}::bigint`,
);

const writeFailure = prepared<Key & { error: string }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set last_sync_error = ${arg("error")}::text
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const writeSubscribed = prepared<Key & { now: string }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set subscribed_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const writeExpiry = prepared<Key & { expiresAt: string | null }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set token_expires_at = ${arg("expiresAt")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
