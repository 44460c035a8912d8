import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";

/** The webhook took the customer's messages in: their clocks become ticks. */
export async function markCustomerSent(ctx: Ctx, providerIds: string[]): Promise<void> {
  await ctx.transact((tx) => tx.tx.run(updateSent({ companyId: tx.companyId, providerIds })));
}

export async function editOnPhone(tx: TxCtx, providerId: string, text: string): Promise<void> {
  const at = tx.now().toISOString();
  await tx.tx.run(updateText({ companyId: tx.companyId, providerId, text, at }));
}

export async function revokeOnPhone(tx: TxCtx, providerId: string): Promise<void> {
  await tx.tx.run(updateRevoked({ companyId: tx.companyId, providerId, at: tx.now().toISOString() }));
}

const updateSent = prepared<{ companyId: number; providerIds: string[] }>()(
  (_db, arg) => sql<never>`
    update simulator_messages set status = 'delivered'
    where company_id = ${arg("companyId")} and provider_id = any(${arg("providerIds")}::text[]) and status = 'sending'`,
);

const updateText = prepared<{ companyId: number; providerId: string; text: string; at: string }>()(
  (_db, arg) => sql<never>`
    update simulator_messages set rendered = coalesce(rendered, '{}') || jsonb_build_object('text', ${arg("text")}::text),
      edited_at = ${arg("at")}::timestamptz
    where company_id = ${arg("companyId")} and provider_id = ${arg("providerId")}`,
);

const updateRevoked = prepared<{ companyId: number; providerId: string; at: string }>()(
  (_db, arg) => sql<never>`
    update simulator_messages set revoked_at = ${arg("at")}::timestamptz
    where company_id = ${arg("companyId")} and provider_id = ${arg("providerId")}`,
);
