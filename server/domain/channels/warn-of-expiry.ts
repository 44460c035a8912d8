import type { TxCtx } from "../context.ts";
import { notifyTeam } from "../notifications/notify-team.ts";

const warnedBeforeMs = 7 * 86_400_000;

/** Tells the team once that a token ends within a week. */
export async function warnOfExpiry(
  tx: TxCtx,
  { channelAccountId, expiresAt }: { channelAccountId: number; expiresAt: Date | null },
): Promise<void> {
  if (expiresAt === null || expiresAt.getTime() - tx.now().getTime() > warnedBeforeMs) return;
  const on = expiresAt.toISOString().slice(0, 10);
  await notifyTeam(tx, {
    kind: "channel.token_expiring",
    title: `The WhatsApp access token ends on ${on}`,
    body: "Connect the number again before then, or messages stop.",
    subject: { kind: "channel_account", id: channelAccountId },
    dedupeKey: `channel:${channelAccountId}:token-expiring:${on}`,
  });
}
