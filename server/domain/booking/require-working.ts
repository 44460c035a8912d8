import type { Ctx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import { workingSpans } from "./cut-slots.ts";
import { getLocation } from "./list-locations.ts";
import { loadWorking } from "./load-working.ts";
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
  const { serviceId, locationId, providerId } = visit;
  const at = Date.parse(visit.startsAt);
  const [provider] = await loadWorking(ctx, { from: at, to: at + 1, serviceId, locationId, providerIds: [providerId] });
  if (!provider) throw invalid("providerId", "This provider does not give this service at this location.");
}

/** Refuses a visit outside of the provider's hours at the place, or in their time off. */
export async function requireWorking(ctx: Ctx, visit: Visit): Promise<void> {
  const { serviceId, locationId, providerId } = visit;
  const from = Date.parse(visit.startsAt);
  const to = Date.parse(visit.endsAt);
  const location = await getLocation(ctx, locationId);
  const [provider] = await loadWorking(ctx, { from, to, serviceId, locationId, providerIds: [providerId] });
  if (!provider) throw invalid("providerId", "This provider does not give this service at this location.");
  const segments = zoneSegments(location.timeZone, from, to);
  const spans = workingSpans({ from, to, segments, openingHours: location.openingHours }, provider.hours);
  const inHours = spans.some((span) => span.from <= from && to <= span.to);
  if (!inHours) throw new DomainError({ kind: "conflict", message: "The provider does not work there at this time." });
  if (provider.away.length > 0)
    throw new DomainError({ kind: "conflict", message: "The provider is away at this time." });
}
