import { jsonOf } from "../../../shared/json.ts";
import type { TxCtx } from "../context.ts";
import { applyChangeRows } from "./apply-change-rows.ts";
import { keepEarlyChanges } from "./early-changes.ts";
import type { InboundUpdate } from "./inbound-update.ts";
import type { Routed } from "./receive-messages.ts";

export type MessageChange = Extract<InboundUpdate, { kind: "edited" | "revoked" }>;

/**
 * Edits and deletions of messages. The earlier text stays in the journal; a change told twice is made once, and one whose message is not
 * stored yet waits for it.
 */
export async function applyMessageChanges(tx: TxCtx, items: Routed<MessageChange>[]): Promise<void> {
  const rows = items.map(({ update, channelAccountId }) => ({
    channel_account_id: channelAccountId,
    provider_id: update.providerId,
    at: update.at.toISOString(),
    revoked: update.kind === "revoked",
    text: update.kind === "edited" ? (update.content.text ?? null) : null,
    media: update.kind === "edited" ? jsonOf(update.content.media ?? null) : null,
  }));
  await applyChangeRows(tx, rows);
  await keepEarlyChanges(tx, rows);
}
