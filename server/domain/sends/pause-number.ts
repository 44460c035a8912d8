import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** Nothing leaves from this number until then; what waits, waits. A later end that was said before stays. */
export async function pauseNumber(
  tx: TxCtx,
  { channelAccountId, until, reason }: { channelAccountId: number; until: Date; reason: string },
): Promise<void> {
  await tx.tx.run(writePause({ companyId: tx.companyId, channelAccountId, until: until.toISOString(), reason }));
}

/** The number sends again, at once: it was connected anew, or somebody knows that the trouble is over. */
export async function resumeNumber(tx: TxCtx, channelAccountId: number): Promise<void> {
  const args = { companyId: tx.companyId, channelAccountId, now: tx.now().toISOString() };
  await tx.tx.run(endPause(args));
  await tx.tx.run(lookAgain(args));
}

/** How many messages a second this number may send; null: the usual 80. */
export async function setNumberRate(
  tx: TxCtx,
  { channelAccountId, messagesPerSecond }: { channelAccountId: number; messagesPerSecond: number | null },
): Promise<void> {
  await tx.tx.run(writeRate({ companyId: tx.companyId, channelAccountId, messagesPerSecond }));
}

type Key = { companyId: number; channelAccountId: number };

const writePause = prepared<Key & { until: string; reason: string }>()(
  (_db, arg) => sql<never>`
    insert into number_rates (company_id, channel_account_id, paused_until, pause_reason)
    values (${arg("companyId")}::bigint, ${arg("channelAccountId")}::bigint, ${arg("until")}::timestamptz, ${arg("reason")}::text)
    on conflict (company_id, channel_account_id) do update set
      paused_until = greatest(number_rates.paused_until, excluded.paused_until),
      pause_reason = case when number_rates.paused_until > excluded.paused_until then number_rates.pause_reason else excluded.pause_reason end`,
);

const endPause = prepared<Key & { now: string }>()(
  (_db, arg) => sql<never>`
    update number_rates set paused_until = null, pause_reason = null
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint`,
);

const lookAgain = prepared<Key & { now: string }>()(
  (_db, arg) => sql<never>`
    update outbound_sends set next_attempt_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint and state = 'queued'
      and (error_class in ('account_auth', 'account_blocked', 'account_setup') or decision ->> 'obstacle' = 'channel_disconnected')
      and next_attempt_at > ${arg("now")}::timestamptz`,
);

const writeRate = prepared<Key & { messagesPerSecond: number | null }>()(
  (_db, arg) => sql<never>`
    insert into number_rates (company_id, channel_account_id, messages_per_second)
    values (${arg("companyId")}::bigint, ${arg("channelAccountId")}::bigint, ${arg("messagesPerSecond")}::int)
    on conflict (company_id, channel_account_id) do update set messages_per_second = excluded.messages_per_second`,
);
