import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { getProvider, lockProvider } from "./list-providers.ts";
import { checkWeeklyHours, mergedHours, type WeeklyHours } from "./weekly-hours.ts";

/** When somebody works where, every week. */
export type ProviderHours = WeeklyHours & { locationId: number };

export async function listProviderHours(ctx: Ctx, providerId: number): Promise<ProviderHours[]> {
  await getProvider(ctx, providerId);
  return ctx.db.all(hoursOf({ companyId: ctx.companyId, providerId }));
}

/** Gives the whole week anew; a stretch that touches another of the same place and day becomes one with it. */
export async function replaceProviderHours(
  ctx: Ctx,
  providerId: number,
  hours: ProviderHours[],
): Promise<ProviderHours[]> {
  checkWeeklyHours("hours", hours);
  return ctx.transact(async (tx) => {
    const { locationIds } = await lockProvider(tx, providerId);
    if (!hours.every(({ locationId }) => locationIds.includes(locationId)))
      throw invalid("hours", "hours must be at a location of the provider");
    const before = await listProviderHours(tx, providerId);
    const places = [...Map.groupBy(hours, ({ locationId }) => locationId)].toSorted(([a], [b]) => a - b);
    const after = places.flatMap(([locationId, list]) => mergedHours(list).map((each) => ({ ...each, locationId })));
    const change = changedFields({ hours: before }, { hours: after });
    if (!change) return before;
    const args = { companyId: tx.companyId, providerId };
    await tx.tx.run(deleteHours(args));
    await tx.tx.run(insertHours({ ...args, rows: JSON.stringify(after) }));
    await recordEvent(tx, { type: "provider.hours_changed", subject: { kind: "provider", id: providerId }, ...change });
    return listProviderHours(tx, providerId);
  });
}

type OfProvider = { companyId: number; providerId: number };

const hoursOf = prepared<OfProvider>()(
  (_db, arg) => sql<ProviderHours>`
    select weekday, from_minute as "fromMinute", to_minute as "toMinute", location_id as "locationId" from provider_hours
    where company_id = ${arg("companyId")}::bigint and provider_id = ${arg("providerId")}::bigint
    order by location_id, weekday, from_minute`,
);

const deleteHours = prepared<OfProvider>()(
  (_db, arg) => sql<never>`
    delete from provider_hours where company_id = ${arg("companyId")}::bigint and provider_id = ${arg("providerId")}::bigint`,
);

const insertHours = prepared<OfProvider & { rows: string }>()(
  (_db, arg) => sql<never>`
    insert into provider_hours (company_id, provider_id, location_id, weekday, from_minute, to_minute)
    select ${arg("companyId")}::bigint, ${arg("providerId")}::bigint, r."locationId", r.weekday, r."fromMinute", r."toMinute"
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("locationId" bigint, weekday smallint, "fromMinute" smallint, "toMinute" smallint)`,
);
