import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { sendingAccounts, whichNumber } from "./sending-account.ts";

/**
 * From which of our numbers to write to each of many people: the named one; else that of their open window, else the only one that can
 * send, else the one they last talked with. Who has none of these is left out; where all are, somebody has to say which number.
 */
export async function numberOfPeople(
  ctx: Ctx,
  { contactIds, channelAccountId }: { contactIds: number[]; channelAccountId?: number },
): Promise<Map<number, number>> {
  const accounts = await sendingAccounts(ctx, channelAccountId);
  const [{ id: first }] = accounts;
  if (channelAccountId !== undefined) return new Map(contactIds.map((contactId) => [contactId, first]));
  const talks = await talksOf(ctx, contactIds);
  const only = accounts.length === 1 ? first : undefined;
  const able = new Set(accounts.map(({ id }) => id));
  const chosen = contactIds.flatMap((contactId): [number, number][] => {
    const theirs = talks.get(contactId) ?? [];
    const open = theirs.find(({ isOpen }) => isOpen)?.channelAccountId;
    const last = theirs.find((talk) => able.has(talk.channelAccountId))?.channelAccountId;
    const number = open ?? only ?? last;
    return number === undefined ? [] : [[contactId, number]];
  });
  if (chosen.length === 0) throw whichNumber();
  return new Map(chosen);
}

async function talksOf(ctx: Ctx, contactIds: number[]): Promise<Map<number, Talk[]>> {
  const now = ctx.now().toISOString();
  const talks = await ctx.db.all(selectTalks({ companyId: ctx.companyId, contactIds, now, ...reachArgs(ctx) }));
  return Map.groupBy(talks, ({ contactId }) => contactId);
}

type Talk = { contactId: number; channelAccountId: number; isOpen: boolean };

const selectTalks = prepared<{ companyId: number; contactIds: number[]; now: string } & ReachArgs>()(
  (_db, arg) => sql<Talk>`
    select v.contact_id as "contactId", v.channel_account_id as "channelAccountId",
      coalesce(v.window_expires_at > ${arg("now")}::timestamptz, false) as "isOpen"
    from conversations v join channel_accounts a on a.company_id = v.company_id and a.id = v.channel_account_id
    where v.company_id = ${arg("companyId")}::bigint and v.contact_id = any(${arg("contactIds")}::bigint[])
      and not v.is_mail and a.status = 'connected' and a.provider not in ('email', 'whatsapp_gateway')
      and ${personInReachSql(arg, { companyId: sql`v.company_id`, contactId: sql`v.contact_id` })}
    order by v.window_expires_at desc nulls last, v.last_message_at desc nulls last, v.id desc`,
);
