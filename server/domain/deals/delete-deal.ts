import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import type { Deal } from "./deal.ts";
import { getDeal } from "./get-deal.ts";
import { lockDeal } from "./lock-deal.ts";

export async function deleteDeal(ctx: Ctx, dealId: number, options: { ifVersion?: number } = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    await lockDeal(tx, dealId);
    const deal = await getDeal(tx, dealId);
    requireVersion("deal", deal.version, options.ifVersion);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, dealId, now: tx.now().toISOString() }));
    await recordEvent(tx, {
      type: "deal.deleted",
      subject: { kind: "deal", id: dealId },
      contactId: deal.contactId,
      before: { title: deal.title, value: deal.value, stage: deal.stage },
    });
  });
}

/** Brings a deleted deal back; one that was not deleted stays as it is. */
export async function restoreDeal(ctx: Ctx, dealId: number): Promise<Deal> {
  return ctx.transact(async (tx) => {
    const restored = await tx.tx.first(markRestored({ companyId: tx.companyId, dealId, now: tx.now().toISOString() }));
    const deal = await getDeal(tx, dealId);
    if (restored) {
      await recordEvent(tx, {
        type: "deal.restored",
        subject: { kind: "deal", id: dealId },
        contactId: deal.contactId,
      });
    }
    return deal;
  });
}

type MarkArgs = { companyId: number; dealId: number; now: string };

const markDeleted = prepared<MarkArgs>()(
  (_db, arg) => sql<never>`
    update deals set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("dealId")}::bigint`,
);

const markRestored = prepared<MarkArgs>()(
  (_db, arg) => sql<{ id: number }>`
    update deals set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("dealId")}::bigint and deleted_at is not null
    returning id`,
);
