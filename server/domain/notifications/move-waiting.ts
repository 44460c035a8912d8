import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { NotificationSettings } from "./notification-settings.ts";
import { nextDigest, undisturbedUntil } from "./quiet-hours.ts";

/** Gives the mails and pushes that wait for a member their time by the new settings, and drops what is wanted no more. */
export async function moveWaiting(tx: TxCtx, userId: number, settings: NotificationSettings): Promise<void> {
  const now = tx.now();
  const zoned = { ...settings, timeZone: settings.effectiveTimeZone };
  const named = (way: "email" | "push") =>
    settings.kinds.filter((kind) => kind[way] === "off" || kind[way] === false).map(({ kind }) => kind);
  await tx.tx.run(callBackMails({ companyId: tx.companyId, userId, kinds: named("email") }));
  await tx.tx.run(
    moveTimes({
      companyId: tx.companyId,
      userId,
      digestAt: nextDigest(zoned, now).toISOString(),
      soonAt: undisturbedUntil(zoned, now).toISOString(),
      noPush: named("push"),
    }),
  );
}

const callBackMails = prepared<{ companyId: number; userId: number; kinds: string[] }>()(
  (_db, arg) => sql<never>`
    update notifications set email = 'off'
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint and email <> 'off' and mail_id is null
      and read_at is null and kind = any(${arg("kinds")}::text[])`,
);

type Times = { companyId: number; userId: number; digestAt: string; soonAt: string; noPush: string[] };

const moveTimes = prepared<Times>()(
  (_db, arg) => sql<never>`
    with mails as (
      update notification_mails
      set due_at = case cadence when 'digest' then ${arg("digestAt")}::timestamptz else ${arg("soonAt")}::timestamptz end
      where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint and state = 'queued' and attempts = 0
    )
    update push_sends p set due_at = ${arg("soonAt")}::timestamptz,
      state = case when n.kind = any(${arg("noPush")}::text[]) then 'dropped' else p.state end,
      finished_at = case when n.kind = any(${arg("noPush")}::text[]) then now() end
    from notifications n, push_subscriptions s
    where s.company_id = ${arg("companyId")}::bigint and s.user_id = ${arg("userId")}::bigint and p.company_id = s.company_id
      and p.subscription_id = s.id and p.state = 'queued' and p.attempts = 0 and n.company_id = p.company_id and n.id = p.notification_id`,
);
