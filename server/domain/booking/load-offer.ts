import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import type { WeeklyHours } from "./weekly-hours.ts";

export type OfferedVisit = { serviceId: number; locationId: number };

/** A service at a place, and who gives it there. */
export type Offer = {
  durationMinutes: number;
  bufferMinutes: number;
  timeZone: string;
  openingHours: WeeklyHours[] | null;
  /** Both are offered still. */
  active: boolean;
  providers: OfferedBy[];
};

/** `token`: of the provider's calendar as it is now. */
export type OfferedBy = { id: number; token: string };

/** Only with these providers; with all who give the service there where not said. */
export type OfferNarrowing = { providerIds?: number[] | undefined };

/** In one statement, because it is all that most searches for free times ask. */
export async function loadOffer(ctx: Ctx, visit: OfferedVisit, narrowing: OfferNarrowing): Promise<Offer> {
  const [row] = await ctx.db.all(offersOf(argsOf(ctx, [visit], narrowing)));
  if (!row || row.serviceId === null) throw notFound("service", visit.serviceId);
  if (row.locationId === null) throw notFound("location", visit.locationId);
  return offerOf(row);
}

/** The same for many, in their order; nothing where the service or the place is gone. */
export async function loadOffers(
  ctx: Ctx,
  visits: OfferedVisit[],
  narrowing: OfferNarrowing,
): Promise<(Offer | undefined)[]> {
  const rows = await ctx.db.all(offersOf(argsOf(ctx, visits, narrowing)));
  return rows.map((row) => (row.serviceId === null || row.locationId === null ? undefined : offerOf(row)));
}

function argsOf({ companyId }: Ctx, visits: OfferedVisit[], { providerIds }: OfferNarrowing): Args {
  const serviceIds = visits.map(({ serviceId }) => serviceId);
  return {
    companyId,
    serviceIds,
    locationIds: visits.map(({ locationId }) => locationId),
    providerIds: providerIds ?? null,
  };
}

function offerOf(row: Row): Offer {
  return { ...row, providers: providersOf(row.providers) };
}

// A text of ids and tokens in turn: a row each took longer to read than everything else.
function providersOf(text: string | null): OfferedBy[] {
  if (text === null) return [];
  return text.split(" ").map((each) => {
    const colon = each.indexOf(":");
    return { id: Number(each.slice(0, colon)), token: each.slice(colon + 1) };
  });
}

type Row = Omit<Offer, "providers"> & { serviceId: number | null; locationId: number | null; providers: string | null };
type Args = { companyId: number; serviceIds: number[]; locationIds: number[]; providerIds: number[] | null };

const offersOf = prepared<Args>()(
  (_db, arg) => sql<Row>`
    select s.id as "serviceId", s.duration_minutes as "durationMinutes", s.buffer_minutes as "bufferMinutes", l.id as "locationId",
      l.time_zone as "timeZone", l.opening_hours as "openingHours", s.active and l.active as active, p.providers
    from unnest(${arg("serviceIds")}::bigint[], ${arg("locationIds")}::bigint[]) with ordinality asked (service_id, location_id, place)
    left join services s on s.company_id = ${arg("companyId")}::bigint and s.id = asked.service_id
    left join locations l on l.company_id = ${arg("companyId")}::bigint and l.id = asked.location_id
    left join lateral (
      select string_agg(g.id || ':' || coalesce(c.token::text, ''), ' ' order by g.id) as providers
      from (
        select p.id
        from provider_locations w
        join provider_services o on o.company_id = w.company_id and o.provider_id = w.provider_id and o.service_id = s.id
        join providers p on p.company_id = w.company_id and p.id = w.provider_id and p.active
        where w.company_id = ${arg("companyId")}::bigint and w.location_id = l.id
          and (${arg("providerIds")}::bigint[] is null or w.provider_id = any(${arg("providerIds")}::bigint[]))
        order by p.id limit 200
      ) g
      left join provider_calendars c on c.company_id = ${arg("companyId")}::bigint and c.provider_id = g.id
    ) p on true
    order by asked.place`,
);
