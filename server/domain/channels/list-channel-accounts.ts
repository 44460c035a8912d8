import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type OpenProblem, openProblems } from "./channel-problem.ts";

export type ChannelAccount = {
  id: number;
  provider: string;
  name: string;
  externalId: string;
  wabaId: string | null;
  businessId: string | null;
  displayPhone: string | null;
  verifiedName: string | null;
  status: string;
  quality: "green" | "yellow" | "red" | null;
  messagingLimit: string | null;
  nameStatus: string | null;
  platformType: string | null;
  throughputLevel: string | null;
  isOnBizApp: boolean;
  /** The number was proved to be the business's own. */
  verified: boolean;
  isActive: boolean;
  /** pending until the ids of WABA and business are known. */
  syncStatus: "pending" | "synced";
  hasToken: boolean;
  tokenExpiresAt: string | null;
  subscribedAt: string | null;
  connectedAt: string | null;
  lastSyncAt: string | null;
  lastSyncError: string | null;
  lastWebhookAt: string | null;
  problems: OpenProblem[];
  createdAt: string;
};

/** A company's numbers; there are few. Mailboxes are `listEmailAccounts`. */
export async function listChannelAccounts(ctx: Ctx): Promise<ChannelAccount[]> {
  return (await ctx.db.all(selectAccounts({ companyId: ctx.companyId, id: null }))).map(accountOf);
}

export async function getChannelAccount(ctx: Ctx, id: number): Promise<ChannelAccount> {
  const row = await ctx.db.first(selectAccounts({ companyId: ctx.companyId, id }));
  if (!row) throw notFound("channel account", id);
  return accountOf(row);
}

function accountOf({ quality, health, ...row }: Row): ChannelAccount {
  const isCloud = row.provider === "whatsapp_cloud";
  const isSynced = !isCloud || (row.wabaId !== null && row.businessId !== null);
  return {
    ...row,
    quality: qualityOf(isCloud ? quality : "GREEN"),
    verified: row.verified || row.provider === "simulator",
    hasToken: row.hasToken || row.provider === "simulator",
    isActive: row.status === "connected",
    syncStatus: isSynced ? "synced" : "pending",
    problems: openProblems(health),
  };
}

/** Older webhooks say FLAGGED where the API says RED. */
function qualityOf(word: string | null): ChannelAccount["quality"] {
  switch (word?.toUpperCase()) {
    case "GREEN":
    case "HIGH":
    case "UNFLAGGED":
      return "green";
    case "YELLOW":
    case "MEDIUM":
      return "yellow";
    case "RED":
    case "LOW":
    case "FLAGGED":
      return "red";
    default:
      return null;
  }
}

type Row = Omit<ChannelAccount, "quality" | "isActive" | "syncStatus" | "problems"> & {
  quality: string | null;
  health: Json;
};

const selectAccounts = prepared<{ companyId: number; id: number | null }>()(
  (_db, arg) => sql<Row>`
    select a.id, a.provider, a.name, a.external_id as "externalId", a.waba_id as "wabaId", a.business_id as "businessId",
      a.display_phone as "displayPhone", a.verified_name as "verifiedName", a.status, a.quality, a.messaging_limit as "messagingLimit",
      a.name_status as "nameStatus", a.platform_type as "platformType", a.throughput_level as "throughputLevel",
      a.is_on_biz_app as "isOnBizApp", a.number_verified as verified, a.access_token_sealed is not null as "hasToken",
      a.token_expires_at as "tokenExpiresAt", a.subscribed_at as "subscribedAt", a.connected_at as "connectedAt",
      a.last_sync_at as "lastSyncAt", a.last_sync_error as "lastSyncError",
      greatest(r.last_inbound_at, r.last_status_at) as "lastWebhookAt", a.health, a.created_at as "createdAt"
    from channel_accounts a
    left join number_rates r on r.company_id = a.company_id and r.channel_account_id = a.id
    where a.company_id = ${arg("companyId")}::bigint and a.provider <> 'email' and (${arg("id")}::bigint is null or a.id = ${arg("id")}::bigint)
    order by a.id limit 1000`,
);
