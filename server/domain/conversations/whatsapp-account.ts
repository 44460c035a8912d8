import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

export type WhatsappNumber = {
  id: number;
  provider: string;
  displayPhone: string | null;
  externalId: string;
  wabaId: string | null;
  businessId: string | null;
  status: string;
  quality: string | null;
  /** The vendor has seen that the number is the business's own; the simulator's always is. */
  verified: boolean;
  syncedAt: string;
};

/** A company's business on WhatsApp. It is synced when both ids are known: the WABA's from signing up, the business's from the webhook. */
export type WhatsappAccount = {
  name: string;
  wabaId: string | null;
  businessId: string | null;
  synced: boolean;
  syncedAt: string | null;
  numbers: WhatsappNumber[];
};

/**
 * Numbers of the Cloud API decide where there are any; without one, the simulator or a gateway is all there is to connect, and
 * nothing is left to wait for.
 */
export async function whatsappAccount(ctx: Ctx): Promise<WhatsappAccount> {
  const rows = await ctx.db.all(selectNumbers({ companyId: ctx.companyId }));
  const name = rows[0]?.companyName;
  if (name === undefined) throw notFound("company", ctx.companyId);
  const all = rows.flatMap(({ companyName: _name, id, ...number }) => (id === null ? [] : [{ id, ...number }]));
  const cloud = all.filter(({ provider }) => provider === "whatsapp_cloud");
  const numbers = cloud.length > 0 ? all.filter(({ provider }) => provider !== "simulator") : all;
  const main = cloud.find(isComplete) ?? cloud[0] ?? numbers[0];
  const synced = main !== undefined && (main.provider !== "whatsapp_cloud" || isComplete(main));
  return {
    name,
    ...idsOf(main),
    synced,
    syncedAt: synced ? main.syncedAt : null,
    numbers,
  };
}

/** What is no number of the Cloud API has neither id; its own name stands for both. */
function idsOf(main: WhatsappNumber | undefined): Pick<WhatsappAccount, "wabaId" | "businessId"> {
  const own = main === undefined || main.provider === "whatsapp_cloud" ? null : main.externalId;
  return { wabaId: main?.wabaId ?? own, businessId: main?.businessId ?? own };
}

function isComplete({ wabaId, businessId }: WhatsappNumber): boolean {
  return wabaId !== null && businessId !== null;
}

type Row = Omit<WhatsappNumber, "id"> & { id: number | null; companyName: string };

const selectNumbers = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Row>`
    select c.name as "companyName", a.id, a.provider, a.display_phone as "displayPhone", a.external_id as "externalId",
      a.waba_id as "wabaId", a.business_id as "businessId", a.status, a.quality,
      a.number_verified or a.provider = 'simulator' as verified, coalesce(a.last_sync_at, a.updated_at) as "syncedAt"
    from companies c left join channel_accounts a on a.company_id = c.id and a.provider <> 'email'
    where c.id = ${arg("companyId")}::bigint order by a.id limit 1000`,
);
