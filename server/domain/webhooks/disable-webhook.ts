import { sql } from "kysely";
import type { Db, Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { notifyTeam } from "../notifications/notify-team.ts";
import type { EndpointKey } from "./claim-deliveries.ts";
import { failWaiting } from "./fail-waiting.ts";
import { hostOf } from "./host-of.ts";
import type { DisabledReason } from "./webhook.ts";

/** Gives an endpoint up and tells the team. What waited for it has failed; a replay brings it back after the endpoint is resumed. */
export async function disableWebhook(
  db: Db,
  queries: Queries,
  { companyId, webhookId }: EndpointKey,
  reason: DisabledReason,
  now: Date,
): Promise<void> {
  const ctx = createCtx({ db, companyId, actor: { kind: "system" }, now: () => now });
  const tx = inTransaction(ctx, queries);
  const disabled = await tx.tx.first(markDisabled({ companyId, webhookId, reason, now: now.toISOString() }));
  // Deliveries under way at the same time say the same; the first one told everybody.
  if (!disabled) return;
  const why = reason === "gone" ? "it answered that it is gone" : "nothing reached it for five days";
  await failWaiting(tx, webhookId, `The webhook was disabled: ${why}.`);
  await recordEvent(tx, {
    type: "webhook.disabled",
    subject: { kind: "webhook_endpoint", id: webhookId },
    data: { reason, host: hostOf(disabled.url) },
  });
  await notifyTeam(tx, {
    kind: "webhook.disabled",
    title: "A webhook was disabled",
    body: `${disabled.url} gets nothing any more: ${why}. Mend it, resume the webhook and replay what it missed.`,
    dedupeKey: `webhook.disabled:${webhookId}:${now.toISOString()}`,
    roles: ["admin"],
  });
}

const markDisabled = prepared<{ companyId: number; webhookId: number; reason: string; now: string }>()(
  (_db, arg) => sql<{ url: string }>`
    update webhook_endpoints set disabled_at = ${arg("now")}::timestamptz, disabled_reason = ${arg("reason")}::text,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("webhookId")}::bigint and disabled_at is null
    returning url`,
);
