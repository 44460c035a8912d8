import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import { requireVersion } from "../require-version.ts";
import type { OfferQuery } from "./list-services.ts";
import { type Provider, providerColumns } from "./provider.ts";

export async function listProviders(ctx: Ctx, query: OfferQuery): Promise<Page<Provider, number>> {
  const { limit, cursor = 0, active = null } = query;
  const rows = await ctx.db.all(providersAfter({ companyId: ctx.companyId, cursor, active, count: limit + 1 }));
  return pageOf(rows, limit, ({ id }) => id);
}

export async function getProvider(ctx: Ctx, providerId: number): Promise<Provider> {
  const row = await ctx.db.first(providerById({ companyId: ctx.companyId, providerId }));
  if (!row) throw notFound("provider", providerId);
  return row;
}

/**
 * The provider as they are, held until the transaction ends: bookings and edits of one provider come one after the other. Two that
 * insert into the same time would otherwise wait for each other in the exclusion constraint until one is shot as a deadlock.
 */
export async function lockProvider(tx: TxCtx, providerId: number, ifVersion?: number): Promise<Provider> {
  const held = await tx.tx.first(providerForUpdate({ companyId: tx.companyId, providerId }));
  if (!held) throw notFound("provider", providerId);
  const provider = await getProvider(tx, providerId);
  requireVersion("provider", provider.version, ifVersion);
  return provider;
}

const providersAfter = prepared<{ companyId: number; cursor: number; active: boolean | null; count: number }>()(
  (_db, arg) => sql<Provider>`
    select ${providerColumns} from providers p
    where p.company_id = ${arg("companyId")}::bigint and p.id > ${arg("cursor")}::bigint
      and (${arg("active")}::boolean is null or p.active = ${arg("active")}::boolean)
    order by p.id limit ${arg("count")}::int`,
);

const providerById = prepared<{ companyId: number; providerId: number }>()(
  (_db, arg) => sql<Provider>`
    select ${providerColumns} from providers p
    where p.company_id = ${arg("companyId")}::bigint and p.id = ${arg("providerId")}::bigint`,
);

const providerForUpdate = prepared<{ companyId: number; providerId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from providers
    where company_id = ${arg("companyId")}::bigint and id = ${arg("providerId")}::bigint for no key update`,
);
