import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { SimulatedPhone } from "./simulated-phone.ts";

const windowMs = 24 * 3_600_000;

/**
 * Whether the customer wrote within 24 hours. What came in by other ways than the simulator's screen (the demo's past, a webhook
 * posted by hand) was written by the simulated phone too, so the conversation itself is asked besides.
 */
export async function isWindowOpen(
  ctx: Ctx,
  phone: SimulatedPhone,
  { channelAccountId, now }: { channelAccountId: number; now: Date },
): Promise<boolean> {
  if (isRecent(phone.lastWroteAt, now)) return true;
  const told = await ctx.db.first(
    selectLastInbound({
      companyId: ctx.companyId,
      channelAccountId,
      userId: phone.userId,
      waIds: phone.waId === null ? [] : [phone.waId, `+${phone.waId}`],
    }),
  );
  return isRecent(told?.lastInboundAt ?? null, now);
}

function isRecent(at: string | null, now: Date): boolean {
  return at !== null && now.getTime() - Date.parse(at) <= windowMs;
}

const selectLastInbound = prepared<{
  companyId: number;
  channelAccountId: number;
  userId: string;
  waIds: string[];
}>()(
  (_db, arg) => sql<{ lastInboundAt: string | null }>`
    select max(c.last_inbound_at) as "lastInboundAt" from contact_identities i
    join conversations c on c.company_id = i.company_id and c.contact_id = i.contact_id
      and c.channel_account_id = ${arg("channelAccountId")}::bigint
    where i.company_id = ${arg("companyId")} and ((i.kind = 'user_id' and i.value = ${arg("userId")}::text)
      or (i.kind in ('wa_id', 'phone') and i.value = any(${arg("waIds")}::text[])))`,
);
