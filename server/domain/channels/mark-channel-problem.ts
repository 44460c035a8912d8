import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { notifyTeam } from "../notifications/notify-team.ts";
import { type ChannelProblem, openProblems, stopping, titleOfProblem } from "./channel-problem.ts";

export type ProblemToMark = {
  channelAccountId: number;
  problem: ChannelProblem;
  /** In words, for the person who looks. */
  details: string;
  until?: Date;
};

/** Notes what is wrong with a number. The first sign of an episode tells the team; what follows only freshens the details. */
export async function markChannelProblem(
  tx: TxCtx,
  { channelAccountId, problem, ...rest }: ProblemToMark,
): Promise<void> {
  const account = await lockAccount(tx, channelAccountId);
  if (!account) return;
  const known = openProblems(account.health).find((open) => open.problem === problem);
  const since = known?.since ?? tx.now().toISOString();
  const until = rest.until?.toISOString() ?? null;
  const entry = { details: rest.details, since, until };
  const status = stopping.has(problem) && account.status === "connected" ? problem : account.status;
  await tx.tx.run(
    writeProblem({ companyId: tx.companyId, id: channelAccountId, problem, entry: JSON.stringify(entry), status }),
  );
  if (known) return;
  await recordEvent(tx, {
    type: "channel.problem_found",
    subject: { kind: "channel_account", id: channelAccountId },
    data: { problem, details: rest.details, until },
  });
  await notifyTeam(tx, {
    kind: "channel.problem",
    title: `${account.name}: ${titleOfProblem(problem, account.provider)}`,
    body: rest.details,
    subject: { kind: "channel_account", id: channelAccountId },
    dedupeKey: `channel:${channelAccountId}:${problem}:${since}`,
  });
}

/** The problem is over. Nothing happens where there was none. */
export async function clearChannelProblem(
  tx: TxCtx,
  { channelAccountId, problem }: { channelAccountId: number; problem: ChannelProblem },
): Promise<void> {
  const account = await lockAccount(tx, channelAccountId);
  if (!account || !openProblems(account.health).some((open) => open.problem === problem)) return;
  const status = account.status === problem ? "connected" : account.status;
  await tx.tx.run(removeProblem({ companyId: tx.companyId, id: channelAccountId, problem, status }));
  await recordEvent(tx, {
    type: "channel.problem_solved",
    subject: { kind: "channel_account", id: channelAccountId },
    data: { problem },
  });
}

type Locked = { name: string; provider: string; status: string; health: Json };

async function lockAccount(tx: TxCtx, id: number): Promise<Locked | undefined> {
  return tx.tx.first(selectForUpdate({ companyId: tx.companyId, id }));
}

const selectForUpdate = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<Locked>`
    select name, provider, status, health from channel_accounts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

const writeProblem = prepared<{ companyId: number; id: number; problem: string; entry: string; status: string }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set status = ${arg("status")}::text, updated_at = now(),
      health = health || jsonb_build_object('problems', coalesce(health->'problems', '{}'::jsonb)
        || jsonb_build_object(${arg("problem")}::text, ${arg("entry")}::jsonb))
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const removeProblem = prepared<{ companyId: number; id: number; problem: string; status: string }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set status = ${arg("status")}::text, health = health #- array['problems', ${arg("problem")}::text], updated_at = now()
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
