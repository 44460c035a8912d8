import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";
import type { OfferQuery } from "./list-services.ts";
import { type Location, locationColumns } from "./location.ts";

export async function listLocations(ctx: Ctx, query: OfferQuery): Promise<Page<Location, number>> {
  const { limit, cursor = 0, active = null } = query;
  const rows = await ctx.db.all(locationsAfter({ companyId: ctx.companyId, cursor, active, count: limit + 1 }));
  return pageOf(rows, limit, ({ id }) => id);
}

export async function getLocation(ctx: Ctx, locationId: number): Promise<Location> {
  const row = await ctx.db.first(locationById({ companyId: ctx.companyId, locationId }));
  if (!row) throw notFound("location", locationId);
  return row;
}

const locationsAfter = prepared<{ companyId: number; cursor: number; active: boolean | null; count: number }>()(
  (_db, arg) => sql<Location>`
    select ${locationColumns} from locations
    where company_id = ${arg("companyId")}::bigint and id > ${arg("cursor")}::bigint
      and (${arg("active")}::boolean is null or active = ${arg("active")}::boolean)
    order by id limit ${arg("count")}::int`,
);

const locationById = prepared<{ companyId: number; locationId: number }>()(
  (_db, arg) => sql<Location>`
    select ${locationColumns} from locations
    where company_id = ${arg("companyId")}::bigint and id = ${arg("locationId")}::bigint`,
);
