import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { noteTyping } from "./simulated-phone.ts";

/** The customer looks at the thread: whatever arrived is read now, and not only when the phone would by itself. */
export async function readOnPhone(ctx: Ctx, phoneId: number): Promise<void> {
  const now = ctx.now().toISOString();
  await ctx.transact((tx) => tx.tx.run(readArrived({ companyId: tx.companyId, phoneId, now })));
}

/**
 * The business has read the customer's messages up to this one, and types where it says so. Tells whether there is such a message.
 */
export async function readByBusiness(
  tx: TxCtx,
  reading: { channelAccountId: number; providerId: string; typingUntil: Date | null },
): Promise<boolean> {
  const { channelAccountId, providerId, typingUntil } = reading;
  const found = await tx.tx.first(selectCustomers({ companyId: tx.companyId, channelAccountId, providerId }));
  if (!found) return false;
  await tx.tx.run(
    readEarlier({ companyId: tx.companyId, phoneId: found.phoneId, upTo: found.id, now: tx.now().toISOString() }),
  );
  await noteTyping(tx, found.phoneId, typingUntil);
  return true;
}

// What is told late stays late: the row keeps its distance between happening and telling.
const readArrived = prepared<{ companyId: number; phoneId: number; now: string }>()(
  (_db, arg) => sql<never>`
    with arrived as (
      update simulator_messages set read_at = ${arg("now")}::timestamptz
      where company_id = ${arg("companyId")} and phone_id = ${arg("phoneId")} and author = 'business' and read_at is null
        and visible_at <= ${arg("now")}::timestamptz
      returning id
    )
    update simulator_webhooks w set due_at = ${arg("now")}::timestamptz + greatest(due_at - happened_at, interval '0'),
      happened_at = ${arg("now")}::timestamptz
    from arrived a where w.company_id = ${arg("companyId")} and w.message_id = a.id and w.status = 'read'
      and w.happened_at > ${arg("now")}::timestamptz`,
);

const selectCustomers = prepared<{ companyId: number; channelAccountId: number; providerId: string }>()(
  (_db, arg) => sql<{ id: number; phoneId: number }>`
    select id, phone_id as "phoneId" from simulator_messages
    where company_id = ${arg("companyId")} and provider_id = ${arg("providerId")} and author = 'customer'
      and channel_account_id = ${arg("channelAccountId")}::bigint`,
);

const readEarlier = prepared<{ companyId: number; phoneId: number; upTo: number; now: string }>()(
  (_db, arg) => sql<never>`
    update simulator_messages set read_at = ${arg("now")}::timestamptz, status = 'read'
    where company_id = ${arg("companyId")} and phone_id = ${arg("phoneId")} and author = 'customer' and id <= ${arg("upTo")}::bigint
      and read_at is null`,
);
