import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import { getLocation } from "./list-locations.ts";
import type { WeeklyHours } from "./weekly-hours.ts";
import { workingSpans } from "./working-spans.ts";
import { zoneSegments } from "./zone-segments.ts";

export type Visit = {
  serviceId: number;
  providerId: number;
  locationId: number;
  startsAt: string;
  endsAt: string;
};

/** Refuses a visit with somebody who does not give the service there. */
export async function requireGiven(ctx: Ctx, visit: Visit): Promise<void> {
  await workingFor(ctx, visit);
}

/** Refuses a visit outside of the provider's hours at the place, or in their time off. */
export async function requireWorking(ctx: Ctx, visit: Visit): Promise<void> {
  const from = Date.parse(visit.startsAt);
  const to = Date.parse(visit.endsAt);
  const { timeZone, openingHours } = await getLocation(ctx, visit.locationId);
  const { hours, isAway } = await workingFor(ctx, visit);
  const spans = workingSpans({ from, to, segments: zoneSegments(timeZone, from, to), openingHours }, hours);
  const inHours = spans.some((span) => span.from <= from && to <= span.to);
  if (!inHours) throw new DomainError({ kind: "conflict", message: "The provider does not work there at this time." });
  if (isAway) throw new DomainError({ kind: "conflict", message: "The provider is away at this time." });
}

type Working = { hours: WeeklyHours[]; isAway: boolean };

async function workingFor(ctx: Ctx, { serviceId, providerId, locationId, startsAt, endsAt }: Visit): Promise<Working> {
  const args = { companyId: ctx.companyId, serviceId, providerId, locationId, startsAt, endsAt };
  const working = await ctx.db.first(workingOf(args));
  if (!working) throw invalid("providerId", "This provider does not give this service at this location.");
  return working;
}

const workingOf = prepared<Visit & { companyId: number }>()(
  (_db, arg) => sql<Working>`
    select coalesce(h.hours, '[]') as hours, exists (
      select from provider_time_off t
      where t.company_id = p.company_id and t.provider_id = p.id and t.ends_at > ${arg("startsAt")}::timestamptz
        and t.starts_at < ${arg("endsAt")}::timestamptz
    ) as "isAway"
    from provider_locations l
    join provider_services s on s.company_id = l.company_id and s.provider_id = l.provider_id and s.service_id = ${arg("serviceId")}::bigint
    join providers p on p.company_id = l.company_id and p.id = l.provider_id and p.active
    cross join lateral (
      select jsonb_agg(jsonb_build_object('weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)) as hours
      from provider_hours h where h.company_id = l.company_id and h.provider_id = l.provider_id and h.location_id = l.location_id
    ) h
    where l.company_id = ${arg("companyId")}::bigint and l.location_id = ${arg("locationId")}::bigint
      and l.provider_id = ${arg("providerId")}::bigint`,
);
