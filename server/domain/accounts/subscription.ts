import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { forgetPrincipals } from "./principal-generation.ts";

export const subscriptionStatuses = ["active", "trialing", "past_due", "canceled", "none"] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

export type Subscription = { status: SubscriptionStatus; plan: string; endsAt: string | null };

/** A late payment keeps the service; a cancelled one keeps it to the end that was paid for. */
export function isSubscriptionActive(subscription: Pick<Subscription, "status" | "endsAt">, now: Date): boolean {
  const { status, endsAt } = subscription;
  const ended = endsAt !== null && Date.parse(endsAt) <= now.getTime();
  switch (status) {
    case "active":
    case "trialing":
    case "past_due":
      return !ended;
    case "canceled":
      return endsAt !== null && !ended;
    case "none":
      return false;
  }
}

export type SubscriptionChange = { status: SubscriptionStatus; plan?: string; endsAt?: string | null };

export async function setSubscription(ctx: Ctx, change: SubscriptionChange): Promise<Subscription> {
  const after = await ctx.transact(async (tx) => {
    const before = await tx.tx.first(lockSubscription({ companyId: tx.companyId }));
    if (!before) throw notFound("company", tx.companyId);
    const next: Subscription = {
      status: change.status,
      plan: change.plan ?? before.plan,
      endsAt: change.endsAt ?? null,
    };
    await tx.tx.run(writeSubscription({ companyId: tx.companyId, ...next }));
    await recordEvent(tx, {
      type: "subscription.changed",
      subject: { kind: "company", id: tx.companyId },
      before,
      after: next,
    });
    return next;
  });
  forgetPrincipals();
  return after;
}

const lockSubscription = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Subscription>`
    select subscription_status as status, subscription_plan as plan, subscription_ends_at as "endsAt"
    from companies where id = ${arg("companyId")}::bigint for update`,
);

const writeSubscription = prepared<{ companyId: number } & Subscription>()(
  (_db, arg) => sql<never>`
    update companies set subscription_status = ${arg("status")}, subscription_plan = ${arg("plan")},
      subscription_ends_at = ${arg("endsAt")}::timestamptz
    where id = ${arg("companyId")}::bigint`,
);
