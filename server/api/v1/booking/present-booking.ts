import type * as View from "../../../../shared/v1/booking.ts";
import type { Location } from "../../../domain/booking/location.ts";
import type { Provider } from "../../../domain/booking/provider.ts";
import type { ProviderHours } from "../../../domain/booking/provider-hours.ts";
import type { Service } from "../../../domain/booking/service.ts";
import type { TimeOff } from "../../../domain/booking/time-off.ts";
import type { WeeklyHours } from "../../../domain/booking/weekly-hours.ts";
import { presentMoney } from "../present-money.ts";

export function presentService(service: Service): View.Service {
  return {
    id: service.id,
    name: service.name,
    duration_minutes: service.durationMinutes,
    buffer_minutes: service.bufferMinutes,
    price: presentMoney(service.price),
    currency: service.currency,
    active: service.active,
    version: service.version,
    created_at: service.createdAt,
    updated_at: service.updatedAt,
  };
}

export function presentLocation(location: Location): View.Location {
  return {
    id: location.id,
    name: location.name,
    address: location.address,
    time_zone: location.timeZone,
    opening_hours: location.openingHours?.map(presentDayHours) ?? null,
    active: location.active,
    version: location.version,
    created_at: location.createdAt,
    updated_at: location.updatedAt,
  };
}

export function presentProvider(provider: Provider): View.Provider {
  return {
    id: provider.id,
    name: provider.name,
    user_id: provider.userId,
    service_ids: provider.serviceIds,
    location_ids: provider.locationIds,
    active: provider.active,
    version: provider.version,
    created_at: provider.createdAt,
    updated_at: provider.updatedAt,
  };
}

export function presentWorkingHours({ locationId, ...hours }: ProviderHours): View.WorkingHours {
  return { location_id: locationId, ...presentDayHours(hours) };
}

export function presentTimeOff({ id, startsAt, endsAt, reason }: TimeOff): View.TimeOff {
  return { id, starts_at: startsAt, ends_at: endsAt, reason };
}

export function parseDayHours({ weekday, from, to }: View.DayHours): WeeklyHours {
  return { weekday, fromMinute: minuteOf(from), toMinute: minuteOf(to) };
}

function presentDayHours({ weekday, fromMinute, toMinute }: WeeklyHours): View.DayHours {
  return { weekday, from: clockOf(fromMinute), to: clockOf(toMinute) };
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

function clockOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
