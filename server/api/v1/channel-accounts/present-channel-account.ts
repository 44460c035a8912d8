import type * as View from "../../../../shared/v1/channel-account.ts";
import { titleOfProblem } from "../../../domain/channels/channel-problem.ts";
import type { ChannelAccount } from "../../../domain/channels/list-channel-accounts.ts";

export function presentChannelAccount(account: ChannelAccount): View.ChannelAccount {
  return {
    id: account.id,
    provider: account.provider,
    name: account.name,
    external_id: account.externalId,
    waba_id: account.wabaId,
    display_phone: account.displayPhone,
    status: account.status,
    business_id: account.businessId,
    verified_name: account.verifiedName,
    is_active: account.isActive,
    verified: account.verified,
    sync_status: account.syncStatus,
    quality: account.quality,
    messaging_limit: account.messagingLimit,
    name_status: account.nameStatus,
    platform_type: account.platformType,
    throughput: account.throughputLevel,
    coexistence: account.isOnBizApp,
    token_expires_at: account.tokenExpiresAt,
    connected_at: account.connectedAt,
    last_sync_at: account.lastSyncAt,
    last_sync_error: account.lastSyncError,
    problems: account.problems.map((open) => ({ ...open, title: titleOfProblem(open.problem) })),
    created_at: account.createdAt,
  };
}
