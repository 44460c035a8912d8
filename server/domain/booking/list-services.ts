import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import { type Service, serviceColumns } from "./service.ts";

/** In the order in which they were made; those that are no longer offered only where asked for. */
export type OfferQuery = { limit: number; cursor?: number; active?: boolean };

export async function listServices(ctx: Ctx, query: OfferQuery): Promise<Page<Service, number>> {
  const { limit, cursor = 0, active = null } = query;
  const rows = await ctx.db.all(servicesAfter({ companyId: ctx.companyId, cursor, active, count: limit + 1 }));
  return pageOf(rows, limit, ({ id }) => id);
}

export async function getService(ctx: Ctx, serviceId: number): Promise<Service> {
  const row = await ctx.db.first(serviceById({ companyId: ctx.companyId, serviceId }));
  if (!row) throw notFound("service", serviceId);
  return row;
}

const servicesAfter = prepared<{ companyId: number; cursor: number; active: boolean | null; count: number }>()(
  (_db, arg) => sql<Service>`
    select ${serviceColumns} from services
    where company_id = ${arg("companyId")}::bigint and id > ${arg("cursor")}::bigint
      and (${arg("active")}::boolean is null or active = ${arg("active")}::boolean)
    order by id limit ${arg("count")}::int`,
);

const serviceById = prepared<{ companyId: number; serviceId: number }>()(
  (_db, arg) => sql<Service>`
    select ${serviceColumns} from services
    where company_id = ${arg("companyId")}::bigint and id = ${arg("serviceId")}::bigint`,
);
