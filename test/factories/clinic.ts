import { replaceProviderHours } from "../../server/domain/booking/provider-hours.ts";
import { createLocation } from "../../server/domain/booking/write-location.ts";
import { createProvider } from "../../server/domain/booking/write-provider.ts";
import { createService } from "../../server/domain/booking/write-service.ts";
import type { Ctx } from "../../server/domain/context.ts";

export type Clinic = { serviceId: number; locationId: number; providerId: number };

type Options = { timeZone?: string; durationMinutes?: number; bufferMinutes?: number; price?: string; userId?: number };

/** A place with one service and one provider, who works there from Monday to Friday, 9 to 17. */
export async function clinicIn(ctx: Ctx, options: Options = {}): Promise<Clinic> {
  const { timeZone = "UTC", durationMinutes = 60, bufferMinutes = 0, price = "150" } = options;
  const service = await createService(ctx, { name: "Botox Treatment", durationMinutes, bufferMinutes, price });
  const location = await createLocation(ctx, { name: "Beauty Clinic", timeZone });
  const providerId = await providerAt(ctx, { serviceId: service.id, locationId: location.id }, options.userId);
  return { serviceId: service.id, locationId: location.id, providerId };
}

export async function providerAt(
  ctx: Ctx,
  { serviceId, locationId }: Omit<Clinic, "providerId">,
  userId?: number,
): Promise<number> {
  const offer = { serviceIds: [serviceId], locationIds: [locationId] };
  const { id } = await createProvider(ctx, {
    name: "Dr. Mia Test",
    ...offer,
    ...(userId === undefined ? {} : { userId }),
  });
  const week = [1, 2, 3, 4, 5].map((weekday) => ({ locationId, weekday, fromMinute: 540, toMinute: 1020 }));
  await replaceProviderHours(ctx, id, week);
  return id;
}
